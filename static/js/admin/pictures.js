// Pictures in the text of an article: uploaded from a file, the clipboard or a drop, and described in a dialog.

import { crel } from "django-prose-editor/editor"

const KINDS = ["image/jpeg", "image/png", "image/webp", "image/gif"]

export const picturesIn = (transfer) => [...(transfer?.files ?? [])].filter((file) => file.type.startsWith("image/"))

/* The server's side: keeps a picture, says who made it. Every answer that is no picture is a sentence for the editor. */
export class Keeper {
  constructor({ add, credit, words }) {
    const article = /\/(\d+)\/change\/$/.exec(location.pathname)
    this.add = article ? add.replace("pictures/add/", `${article[1]}/pictures/add/`) : add
    this.credit = credit
    this.words = words
  }

  keep(file) {
    if (!KINDS.includes(file.type)) return { error: this.words["This is no picture that can be shown: choose a JPEG, PNG, WebP or GIF."] }
    return this.send(this.add, { file })
  }

  async keepData(address) {
    const [, kind, code] = /^data:([a-z/]+);base64,(.*)$/is.exec(address.replace(/\s+/g, ""))
    try {
      const bytes = Uint8Array.from(atob(code), (letter) => letter.charCodeAt(0))
      return await this.keep(new File([bytes], "pasted", { type: kind.toLowerCase().replace("image/jpg", "image/jpeg") }))
    } catch {
      return { error: this.words["A picture inside what was pasted is damaged."] }
    }
  }

  creditOf = (src) => this.answer(fetch(`${this.credit}?${new URLSearchParams({ src })}`))

  sayCredit = (src, credit, version) => this.send(this.credit, { src, credit, version })

  send(address, fields) {
    const body = new FormData()
    body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value)
    for (const [name, value] of Object.entries(fields)) body.append(name, value)
    return this.answer(fetch(address, { method: "POST", body }))
  }

  async answer(request) {
    try {
      const response = await request
      return await response.json()
    } catch {
      return { error: this.words["The server could not be reached, or you are no longer signed in. Nothing is lost: try again."] }
    }
  }
}

let count = 0

function field(label, control, help) {
  control.id = `picture-field-${++count}`
  const said = help ? [crel("span", { className: "prose-editor-help", textContent: help })] : []
  const words = crel("label", { htmlFor: control.id }, [label, ...said])
  const inOrder = control.type === "checkbox" ? [control, words] : [words, control]
  return crel("div", { className: "prose-editor-dialog-field" }, inOrder)
}

/* Asks what is to be said of a picture. `given` is what is said of it now, { src, alt, caption }, or nothing for a new
   one. Answers null, "remove", or { picture, alt, caption }; `alt` is null while nobody has described it. */
export function askAboutPicture(place, keeper, given = null) {
  const { words } = keeper
  const isNew = given === null
  const file = crel("input", { type: "file", accept: KINDS.join(",") })
  const alt = crel("textarea", { rows: 2, maxLength: 500, value: given?.alt ?? "" })
  const isDecorative = crel("input", { type: "checkbox", checked: given?.alt === "" })
  const caption = crel("input", { type: "text", maxLength: 1000, value: given?.caption ?? "" })
  const credit = crel("input", { type: "text", maxLength: 200 })
  const told = crel("p", { className: "picture-told", role: "alert" })
  const save = crel("button", { type: "submit", textContent: words[isNew ? "Insert" : "Update"] })
  const cancel = crel("button", { type: "button", textContent: words.Cancel })
  const remove = crel("button", { type: "button", textContent: words["Take out of the text"] })
  const title = crel("h3", { className: "prose-editor-dialog-title", textContent: words[isNew ? "Insert picture" : "Describe picture"] })
  title.id = `picture-field-${++count}`
  const form = crel("form", { noValidate: true }, [
    title,
    ...(isNew ? [field(words["Picture file"], file)] : []),
    field(words.Description, alt, words["What a reader who cannot see the picture needs to know."]),
    field(words["Decorative: it says nothing that the text does not"], isDecorative),
    field(words.Caption, caption),
    field(words.Credit, credit, words["Readers see it below the picture."]),
    told,
    crel("div", { className: "prose-editor-dialog-buttons" }, [save, cancel, ...(isNew ? [] : [remove])]),
  ])
  const dialog = crel("dialog", { className: "prose-editor-dialog", "aria-labelledby": title.id }, [form])
  place.append(dialog)

  // A decorative picture has no description: the tick greys the box out and keeps its words until it is saved.
  const follow = () => (alt.disabled = isDecorative.checked)
  isDecorative.addEventListener("change", follow)
  follow()

  let known = { credit: "", version: 0, may_credit: true }
  const know = (answer) => {
    if (!answer || answer.error) return
    known = answer
    credit.value = answer.credit
    credit.disabled = !answer.may_credit
  }
  if (!isNew) keeper.creditOf(given.src).then(know)

  const read = async () => {
    const typed = credit.value.trim()
    const picture = isNew ? await (file.files[0] ? keeper.keep(file.files[0]) : { error: words["Choose a picture file."] }) : given
    if (picture.error) return picture
    if (isNew) known = picture
    if (typed !== known.credit && known.may_credit && (typed || !isNew)) {
      const said = await keeper.sayCredit(picture.src, typed, known.version)
      if (said.error) {
        if (said.src) known = said
        return said
      }
    }
    const described = alt.value.replace(/\s+/g, " ").trim() || null
    return { picture, alt: isDecorative.checked ? "" : described, caption: caption.value.trim() }
  }

  return new Promise((resolve) => {
    const finish = (answer) => {
      dialog.remove()
      resolve(answer)
    }
    form.addEventListener("submit", async (event) => {
      event.preventDefault()
      event.stopPropagation()
      if (save.disabled) return
      save.disabled = true
      told.textContent = isNew ? words["Uploading…"] : ""
      const answer = await read()
      save.disabled = false
      told.textContent = answer.error ?? ""
      if (!answer.error) finish(answer)
    })
    // the dialog stands inside the article's own form, which must not hear of what is typed here
    for (const name of ["input", "change", "keydown", "paste", "drop"]) dialog.addEventListener(name, (event) => event.stopPropagation())
    cancel.addEventListener("click", () => finish(null))
    remove.addEventListener("click", () => finish("remove"))
    dialog.addEventListener("cancel", () => finish(null))
    dialog.showModal()
  })
}
