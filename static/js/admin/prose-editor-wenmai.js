// Fits the editor to the schema of an article's body and to the site's content policy. What it narrows here, the
// server would take out anyway; this way editors see while writing what will be stored.

import {
  Blockquote as AnyBlockquote,
  Caption as AnyCaption,
  Extension,
  Figure as AnyFigure,
  Image as AnyImage,
  ListItem as AnyListItem,
  Plugin,
  TableCell as AnyTableCell,
  TableHeader as AnyTableHeader,
} from "django-prose-editor/editor"

const OUR_PICTURE = 'img[src^="/media/"]'
const HEADINGS = { h1: "h2", h5: "h4", h6: "h4" }

export const Blockquote = AnyBlockquote.extend({ content: "paragraph+" })
export const ListItem = AnyListItem.extend({ content: "paragraph+" })
export const TableCell = AnyTableCell.extend({ content: "paragraph+" })
export const TableHeader = AnyTableHeader.extend({
  content: "paragraph+",
  addAttributes() {
    return { ...this.parent?.(), scope: { default: null } }
  },
})

// A caption stands in a figure only, and a figure without a picture of ours is none.
export const Caption = AnyCaption.extend({ group: "" })
export const Image = AnyImage.extend({
  parseHTML() {
    return [{ tag: OUR_PICTURE }]
  },
})
export const Figure = AnyFigure.extend({
  parseHTML() {
    return [{ tag: "figure", getAttrs: (figure) => figure.querySelector(OUR_PICTURE) !== null && null }]
  },
})

// The policy forbids style attributes even in what is pasted, so they go before the browser reads the markup.
function withoutStyles(html) {
  return html.replace(/<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>/gi, (_tag, end, name, attributes) => {
    const kept = attributes.replace(/\sstyle\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)/gi, "")
    return `<${end}${HEADINGS[name.toLowerCase()] ?? name}${kept}>`
  })
}

function translateMenu(items, words) {
  for (const { button, option } of Object.values(items)) {
    const label = words[button?.title]
    if (label) {
      button.title = label
      button.setAttribute("aria-label", label)
    }
    if (option && words[option.textContent]) option.textContent = words[option.textContent]
  }
}

function labelOf(textarea) {
  return textarea?.labels?.[0]?.textContent.trim().replace(/[:：]$/, "") ?? ""
}

export const FitToPage = Extension.create({
  name: "fitToPage",
  // After the menu, whose words it changes.
  priority: 1,

  addOptions() {
    return { words: {} }
  },

  // The styles stand in css/admin-editor.css: a style element would be against the policy.
  onBeforeCreate() {
    this.editor.options.injectCSS = false
    // The dialogs look their words up in Django's catalogue each time they open.
    if (window.django?.catalog) Object.assign(window.django.catalog, this.options.words)
  },

  onCreate() {
    const { menu } = this.editor.extensionStorage
    if (menu) {
      translateMenu(menu._definedItems, this.options.words)
      this.editor.view.dispatch(this.editor.state.tr)
    }
  },

  addProseMirrorPlugins() {
    const label = labelOf(this.editor.options.element.querySelector("textarea"))
    return [
      new Plugin({
        props: {
          attributes: { role: "textbox", "aria-multiline": "true", "aria-label": label },
          transformPastedHTML: withoutStyles,
        },
      }),
    ]
  },
})
