// Fits the editor to the schema of an article's body and to the site's content policy. What it narrows here, the
// server would take out anyway; this way editors see while writing what will be stored.

import {
  Blockquote as AnyBlockquote,
  BubbleMenu,
  Caption as AnyCaption,
  crel,
  Extension,
  Figure as AnyFigure,
  Image as AnyImage,
  ListItem as AnyListItem,
  Plugin,
  pm,
  TableCell as AnyTableCell,
  TableHeader as AnyTableHeader,
} from "django-prose-editor/editor"
import { clean, inert, isOurOwn, saysSomething } from "wenmai/pasting"
import { askAboutPicture, Keeper, picturesIn } from "wenmai/pictures"

const OUR_PICTURE = 'img[src^="/media/"]'

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

  // The library's own dialog asks for the address of a picture, which no editor has.
  addCommands() {
    const editImage = () => ({ editor, dispatch }) => {
      if (dispatch) editPicture(editor)
      return true
    }
    return { editImage, insertFigure: editImage }
  },

  addExtensions() {
    let open = null
    const button = crel("button", { type: "button", className: "prose-menubar__button", textContent: "…" })
    button.addEventListener("click", () => open && editPicture(open))
    return [
      BubbleMenu.configure({
        element: crel("div", { className: "prose-menubar prose-menubar--floating" }, [button]),
        pluginKey: "figureMenu",
        shouldShow({ editor, state }) {
          open = editor
          button.textContent = deskOf(editor).words["Describe picture"]
          return pictureAt(state) !== null
        },
      }),
    ]
  },
})

const deskOf = (editor) => editor.storage.fitToPage

// The picture that is selected, or whose caption is being written: where it stands, its node, its caption's node.
function pictureAt({ selection }) {
  const { $from } = selection
  for (let depth = $from.depth; depth >= 0; depth--) {
    const at = depth ? $from.before(depth) : selection.from
    const node = depth ? $from.node(depth) : selection.node
    if (node?.type.name === "image") return { at, size: node.nodeSize, image: node, caption: null }
    if (node?.type.name !== "figure") continue
    const caption = node.childCount > 1 ? node.child(1) : null
    return { at, size: node.nodeSize, image: node.firstChild, caption }
  }
  return null
}

function figureOf(schema, attributes, caption) {
  const image = schema.nodes.image.create(attributes)
  return schema.nodes.figure.create(null, caption ? [image, caption] : [image])
}

const captionOf = (schema, text) => (text ? schema.nodes.caption.create(null, schema.text(text)) : null)

async function editPicture(editor) {
  const { keeper } = deskOf(editor)
  const { schema } = editor
  const standing = pictureAt(editor.state)
  const text = standing?.caption?.textContent ?? ""
  const given = standing && { src: standing.image.attrs.src, alt: standing.image.attrs.alt, caption: text }
  const answer = await askAboutPicture(editor.view.dom.parentElement, keeper, given)
  editor.commands.focus()
  if (answer === null) return
  if (!standing) return insertPicture(editor, answer.picture, answer.alt, answer.caption)
  const { tr } = editor.state
  if (answer === "remove") tr.delete(standing.at, standing.at + standing.size)
  else {
    // a caption in the same words keeps its emphasis and its links
    const caption = answer.caption === text ? standing.caption : captionOf(schema, answer.caption)
    const figure = figureOf(schema, { ...standing.image.attrs, alt: answer.alt }, caption)
    tr.replaceWith(standing.at, standing.at + standing.size, figure)
  }
  editor.view.dispatch(tr)
}

function insertPicture(editor, { src, width, height }, alt = null, caption = "", at = editor.state.selection.to) {
  const figure = figureOf(editor.schema, { src, width, height, alt }, captionOf(editor.schema, caption))
  editor.chain().focus().insertContentAt(blockEnd(editor.state.doc, at), figure.toJSON()).run()
}

// Behind the paragraph, list or table that holds the place.
function blockEnd(doc, at) {
  const $at = doc.resolve(Math.min(at, doc.content.size))
  return $at.depth ? $at.after(1) : $at.pos
}

async function uploadFiles(editor, files, at = editor.state.selection.to) {
  const { keeper, tell, words } = deskOf(editor)
  tell([words["Uploading…"]])
  const refusals = []
  for (const file of files) {
    const answer = await keeper.keep(file)
    if (answer.error) refusals.push(answer.error)
    else insertPicture(editor, answer, null, "", Math.min(at, editor.state.doc.content.size))
  }
  const isAny = refusals.length < files.length
  tell([...(isAny ? [words["The picture is in the text. Say what it shows before the article is published."]] : []), ...refusals])
}

/* Puts cleaned markup into the text, uploads the pictures inside it, adds its notes to the field for them, and says in
   words what was left out. */
async function takePasted(editor, html) {
  const { keeper, tell, words } = deskOf(editor)
  const field = document.querySelector("textarea[name=notes]")
  const noteCount = (field?.value ?? "").split("\n").filter((line) => line.trim()).length
  const pasted = clean(html, { noteCount, origin: location.origin })
  const told = []
  if (pasted.uploads.length) tell([words["Uploading…"]])
  let text = pasted.html
  for (const [number, address] of pasted.uploads.entries()) {
    const answer = await keeper.keepData(address)
    if (answer.error) told.push(answer.error)
    const sizes = answer.error ? "" : `${answer.src}" width="${answer.width}" height="${answer.height}`
    text = text.replace(`src="upload:${number}"`, () => `src="${sizes}"`)
  }
  editor.view.pasteHTML(text)
  if (pasted.notes.length && field) {
    field.value = [field.value.trimEnd(), ...pasted.notes].filter(Boolean).join("\n")
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }
  tell([...summaryOf(pasted, noteCount, words), ...told])
}

function summaryOf({ notes, dropped, html }, noteCount, words) {
  const say = (sentence, count) => (count ? [words[sentence].replace("%(count)s", count)] : [])
  const first = noteCount + 1
  return [
    ...say("%(count)s notes were added at the end of the field “Notes”, from [%(first)s] on.", notes.length).map((sentence) =>
      sentence.replace("%(first)s", first),
    ),
    ...say("%(count)s pictures of the page were left out: save them and upload them here.", dropped.web),
    ...say("%(count)s pictures were left out that only your own computer has: upload them as files.", dropped.disk),
    ...say("%(count)s comments were left out.", dropped.comments),
    ...say("%(count)s embedded frames or players were left out.", dropped.boxes),
    ...(/<img(?![^>]* alt=)/.test(html) ? [words["Say of each picture what it shows before the article is published."]] : []),
  ]
}

// A heading that is pasted with what follows it stays one, whatever paragraph the cursor stands in.
function asHeading(slice) {
  const { content, openStart, openEnd } = slice
  const begins = openStart && content.childCount > 1 && content.firstChild.type.name === "heading"
  return begins ? new slice.constructor(content, 0, openEnd) : slice
}

// Marks the pictures nobody has described: in words below them, and as what a screen reader says of them.
function undescribed(doc, words) {
  const said = words["Not described yet"]
  const marks = []
  doc.descendants((node, at, parent) => {
    const { alt } = node.attrs
    if (node.type.name !== "image" || alt === "" || (alt && saysSomething(alt))) return
    marks.push(pm.view.Decoration.node(at, at + node.nodeSize, { class: "undescribed", alt: said }))
    if (parent.type.name === "figure") {
      marks.push(pm.view.Decoration.node(at - 1, at - 1 + parent.nodeSize, { class: "undescribed", "data-words": said }))
    }
  })
  return pm.view.DecorationSet.create(doc, marks)
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

// A picture that is copied comes with markup that shows it, text that is copied from Word with a picture of itself.
function paste(editor, event) {
  const html = event.clipboardData.getData("text/html")
  const files = picturesIn(event.clipboardData)
  const hasText = /[^\s<>]/.test(html.replace(/<style[\s\S]*?<\/style>|<!--[\s\S]*?-->|<[^>]*>/gi, ""))
  if (html && isOurOwn(html)) return false
  if (files.length && !hasText) uploadFiles(editor, files)
  else if (html) takePasted(editor, html)
  else return false
  event.preventDefault()
  return true
}

function drop(editor, view, event) {
  const files = picturesIn(event.dataTransfer)
  if (!files.length) return false
  event.preventDefault()
  uploadFiles(editor, files, view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos)
  return true
}

export const FitToPage = Extension.create({
  name: "fitToPage",
  // After the menu, whose words it changes.
  priority: 1,

  addOptions() {
    return { words: {}, add: "", credit: "" }
  },

  addStorage() {
    const { words, add, credit } = this.options
    const said = crel("div", { className: "prose-told", role: "status" })
    const tell = (sentences) => said.replaceChildren(...sentences.map((sentence) => crel("p", { textContent: sentence })))
    return { words, keeper: new Keeper({ add, credit, words }), said, tell }
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
    this.editor.view.dom.after(this.storage.said)
  },

  addProseMirrorPlugins() {
    const { editor } = this
    const label = labelOf(editor.options.element.querySelector("textarea"))
    return [
      new Plugin({
        props: {
          attributes: { role: "textbox", "aria-multiline": "true", "aria-label": label },
          // what is dropped and not pasted comes this way only
          transformPastedHTML: (html) => (isOurOwn(html) ? inert(html) : clean(html).html),
          transformPasted: asHeading,
          decorations: (state) => undescribed(state.doc, this.options.words),
          handleDoubleClickOn: (_view, _at, node) => node.type.name === "image" && Boolean(editPicture(editor)),
          handleDOMEvents: {
            paste: (_view, event) => paste(editor, event),
            drop: (view, event) => drop(editor, view, event),
          },
        },
      }),
    ]
  },
})
