"""Where articles stand in the tree of themes."""

from articles.models import Article, Placement, Theme


def place(article: Article, theme: Theme, *, reason: str = "") -> Placement:
    """Put the article at the end of the theme; one that stands there already keeps its place."""
    last = theme.placements.order_by("-position").first()
    placement, _ = Placement.objects.get_or_create(
        article=article, theme=theme, defaults={"position": last.position + 1 if last else 0, "reason": reason}
    )
    return placement
