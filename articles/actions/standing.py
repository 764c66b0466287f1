"""Where an article stands before its readers: kept as JSON, and put back."""

from datetime import datetime
from typing import Any

from articles.models import Article

COLUMNS = ("status", "withdrawal_reason", "withdrawal_note")

Standing = dict[str, Any]


def keep(article: Article) -> Standing:
    """Return all that decides whether readers see the article, and what they are told where they do not."""
    return {
        **{name: getattr(article, name) for name in COLUMNS},
        "live_from": article.live_from.isoformat() if article.live_from else None,
        "live": article.live_id,
        "merged_into": article.merged_into_id,
    }


def put_back(article: Article, standing: Standing) -> None:
    """Let a claimed article, whose editions are the same as then, stand where it stood."""
    for name in COLUMNS:
        setattr(article, name, standing[name])
    article.live_from = datetime.fromisoformat(standing["live_from"]) if standing["live_from"] else None
    article.merged_into_id = standing["merged_into"]
    article.save(update_fields=[*COLUMNS, "live_from", "merged_into", "changed_at"])
