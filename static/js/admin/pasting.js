// Makes of what a word processor, WeChat or a web page puts on the clipboard the few elements an article's body may
// hold. It reads the markup in a document of its own, touches no page and loads nothing; the server judges again.

const TAG = /<(\/?)([a-z][a-z0-9:-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>/gi
const ACTS = /\s(style|on[a-z]+)\s*=\s*/gi
const SHEET = /<style[^>]*>([\s\S]*?)<\/style\s*>/gi
const GONE = "script,style,meta,link,title,xml,template,noscript,iframe,object,svg,video,audio,button,input,select,hr,del"
const BLOCKS = "p,div,section,article,header,footer,main,aside,nav,center,address,h1,h2,h3,h4,h5,h6,ul,ol,li,dl,dt,dd," +
  "table,blockquote,figure,figcaption,pre,form,fieldset,details,summary,img"
const HAN = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]/u
const OURS = /^\/media\/pictures\/[0-9a-f]{2}\/[0-9a-f]{64}(?:-\d+)?\.(?:jpg|png|webp)$/
// 1. or 2) or （3）; Chinese and Roman numerals are kept as they are printed, for no list element says them
const NUMBER = /^[(（]?(\d{1,4})[.)）、．]?$/
const BULLET = /^[·•●○◦■□▪◆◇➢Øo§–—\-*\uf000-\uf0ff]$/u
// what programs write for a description when nobody wrote one; articles/body/figures.py has the same, and a test sees to it
const NO_WORDS = /^(?:(?:微信)?(?:图片|图像|圖片|圖像|照片|截图|截圖)|image|picture|photo|img|dsc|screenshot)?[\s_\-0-9]*$|\.(?:jpe?g|png|gif|webp|bmp|emf|wmf)(?:$|[?!@])|^[a-z]:\\|^说明: |描述已自动生成/i

// Says whether these words describe a picture.
export const saysSomething = (words) => !NO_WORDS.test(words.replace(/\s+/g, " ").trim())

// Says whether the markup comes out of an editor like this one, which needs no cleaning.
export const isOurOwn = (html) => /\sdata-pm-slice\s*=/.test(html)

// The content policy reports every style and event attribute a browser reads, so they are renamed before it does.
export const inert = (html) =>
  html.replace(TAG, (_tag, end, name, rest) => `<${end}${name}${rest.replace(ACTS, " data-$1=")}>`)

const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;")
const styleOf = (element) => (element.getAttribute("data-style") ?? "").toLowerCase()
const textOf = (element) => unwrapped(element.textContent).replace(/[\s\u00a0]+/g, " ").trim()

/* Returns what is left of the markup:
   html     the text, with <img src="upload:N"> where a picture inside the markup has to be uploaded first
   uploads  those pictures as data: addresses
   notes    the texts of its notes; the first is referred to as [noteCount + 1]
   dropped  how many pictures were left out: `web` stand elsewhere on the web, `disk` on the writer's own disk;
            `comments` of a word processor; `boxes` that were frames or players */
export function clean(html, { noteCount = 0, origin = "" } = {}) {
  const sheets = [...html.matchAll(SHEET)].map(([, sheet]) => sheet)
  const page = new DOMParser().parseFromString(inert(html.replace(SHEET, "")), "text/html")
  return new Paste(page, levelsOfStyles(sheets.join("\n")), noteCount, origin).read()
}

class Paste {
  constructor(page, levels, noteCount, origin) {
    this.page = page
    this.levels = levels
    this.origin = origin
    this.noteCount = noteCount
    this.notes = []
    this.uploads = []
    this.dropped = { web: 0, disk: 0, comments: 0, boxes: 0 }
  }

  read() {
    const { body } = this.page
    this.dropped.boxes = body.querySelectorAll("iframe,object,video,audio").length
    this.dropped.comments = body.querySelectorAll(".MsoCommentReference").length
    this.takeNotes(body)
    for (const element of [...body.querySelectorAll(GONE)]) element.remove()
    for (const element of [...body.querySelectorAll("*")]) if (isHidden(element)) element.remove()
    this.shift = this.shiftOf(body)
    const blocks = joinedLists(this.blocksOf(body))
    const html = blocks.map(written).join("\n")
    return { html, uploads: this.uploads, notes: this.notes, dropped: this.dropped }
  }

  // Word and WPS: <a href="#_ftn1" name="_ftnref1">[1]</a> in the text, <div id="ftn1"> below it.
  takeNotes(body) {
    const numbers = new Map()
    for (const link of body.querySelectorAll('a[href*="#_ftn"],a[href*="#_edn"]')) {
      const name = /#_((?:ftn|edn)\d+)$/.exec(link.getAttribute("href"))?.[1]
      const note = name && this.noteOf(body, name)
      if (!note || note.contains(link)) continue
      if (!numbers.has(name)) numbers.set(name, { number: this.noteCount + numbers.size + 1, note })
      const mark = this.page.createElement("sup")
      mark.textContent = `[${numbers.get(name).number}]`
      const outer = link.closest("sup") ?? link
      outer.replaceWith(mark)
    }
    for (const { note } of numbers.values()) {
      for (const back of note.querySelectorAll('a[href*="ref"],a[name]')) back.remove()
      this.notes.push(textOf(note).replace(/^[[(〔【]?\d*[\])〕】]?\s*/, ""))
    }
    for (const { note } of numbers.values()) note.remove()
    for (const list of body.querySelectorAll("[data-style*='footnote-list'],[data-style*='endnote-list']")) list.remove()
    for (const list of body.querySelectorAll("[data-style*='comment-list'],.MsoCommentReference")) list.remove()
  }

  noteOf(body, name) {
    const named = body.querySelector(`[id="${name}"],[id="_${name}"]`) ?? body.querySelector(`a[name="_${name}"]`)
    return named?.closest("a") ? named.closest("p,li,div") : named
  }

  // Word counts its headings from 1, a body from 2.
  shiftOf(body) {
    const levels = [...body.querySelectorAll("h1,h2,h3,h4,h5,h6,p,div")].map((element) => this.levelOf(element))
    return levels.includes(1) ? 1 : 0
  }

  levelOf(element) {
    const tag = /^H([1-6])$/.exec(element.tagName)?.[1]
    const outline = /mso-outline-level:\s*([1-6])(?!\d)/.exec(styleOf(element))?.[1]
    const named = /(?:^|\s)Mso(?:Heading|标题)\s?([1-6])/i.exec(element.className)?.[1]
    const level = tag ?? outline ?? named
    if (level) return Number(level)
    return element.tagName === "P" ? [...element.classList].map((name) => this.levels.get(name)).find(Boolean) ?? 0 : 0
  }

  // The blocks of an element: its running text in paragraphs, its block elements in their turn.
  blocksOf(element) {
    const blocks = []
    let run = []
    const flush = () => {
      for (const html of this.linesOf(run)) blocks.push({ kind: "p", html })
      run = []
    }
    for (const child of element.childNodes) {
      if (child.nodeType === Node.ELEMENT_NODE && (child.matches(BLOCKS) || child.querySelector(BLOCKS))) {
        flush()
        blocks.push(...this.block(child))
      } else run.push(child)
    }
    flush()
    return blocks
  }

  block(element) {
    const level = this.levelOf(element)
    if (element.tagName === "IMG") return this.picture(element)
    if (element.tagName === "UL" || element.tagName === "OL") return this.list(element)
    if (element.tagName === "TABLE") return this.table(element)
    if (element.tagName === "FIGCAPTION") return [{ kind: "caption", html: this.linesOf([element]).join("<br>") }]
    if (element.tagName === "BLOCKQUOTE") {
      const [texts, others] = apart(this.blocksOf(element))
      return [...(texts.length ? [{ kind: "quote", blocks: texts }] : []), ...others]
    }
    if (level && textOf(element)) return this.heading(element, level)
    const marker = element.querySelector("[data-style*='mso-list:ignore' i]")
    if (marker && /mso-list:\s*l\d/.test(styleOf(element))) return this.wordItem(element, marker)
    return this.blocksOf(element)
  }

  heading(element, level) {
    const [texts, others] = apart(this.blocksOf(element))
    const html = texts.map((block) => block.html).join(" ").replace(/<\/?(?:strong|em)>/g, "").replace(/<br>/g, " ")
    return [...(html ? [{ kind: `h${Math.min(4, Math.max(2, level + this.shift))}`, html }] : []), ...others]
  }

  // Word writes a list as paragraphs that begin with their number or dot.
  wordItem(element, marker) {
    const printed = textOf(marker)
    const number = NUMBER.exec(printed)?.[1]
    if (number || BULLET.test(printed)) marker.remove()
    else marker.textContent = HAN.test([...printed].at(-1) ?? "") ? printed : `${printed} `
    const [texts, others] = apart(this.blocksOf(element))
    if (!number && !BULLET.test(printed)) return [...texts, ...others]
    const html = texts.map((block) => block.html)
    return html.length ? [{ kind: "item", ordered: Boolean(number), number: Number(number ?? 0), html }, ...others] : others
  }

  list(element) {
    const ordered = element.tagName === "OL"
    let number = Number(element.getAttribute("start") ?? 1) || 1
    const blocks = []
    for (const child of element.children) {
      const [texts, others] = apart(this.blocksOf(child))
      if (child.tagName !== "LI") blocks.push(...this.block(child))
      else {
        const html = texts.map((block) => block.html)
        if (html.length) blocks.push({ kind: "item", ordered, number: number++, html })
        blocks.push(...others)
      }
    }
    return blocks
  }

  table(table) {
    const rows = [...table.rows].filter((row) => row.closest("table") === table)
    const cells = rows.flatMap((row) => [...row.cells])
    const caption = table.caption ? this.blocksOf(table.caption) : []
    // one column is a frame, and no table
    if (rows.every((row) => row.cells.length <= 1)) return [...caption, ...cells.flatMap((cell) => this.blocksOf(cell))]
    const pictures = []
    const html = rows.map((row) => `<tr>${[...row.cells].map((cell) => this.cell(cell, pictures)).join("")}</tr>`)
    return [...caption, { kind: "table", html: `<table><tbody>${html.join("")}</tbody></table>` }, ...pictures]
  }

  cell(cell, pictures) {
    const name = cell.tagName === "TH" || cell.closest("thead") ? "th" : "td"
    const spans = ["colspan", "rowspan"].filter((span) => Number(cell.getAttribute(span)) > 1)
    const attributes = spans.map((span) => ` ${span}="${Number(cell.getAttribute(span))}"`)
    const [texts, others] = apart(this.blocksOf(cell))
    pictures.push(...others.filter((block) => block.kind === "picture"))
    const inner = [...texts, ...others.flatMap(linesIn)].map((block) => `<p>${block.html}</p>`).join("")
    return `<${name}${attributes.join("")}>${inner || "<p></p>"}</${name}>`
  }

  picture(image) {
    const [width, height] = [image.getAttribute("width"), image.getAttribute("height")].map((size) => parseInt(size, 10))
    // the pixel that counts readers is no picture anybody misses
    if (width <= 3 || height <= 3) return []
    const lazy = image.getAttribute("data-src") ?? image.getAttribute("data-original")
    const given = (lazy ?? image.getAttribute("src") ?? "").trim()
    const path = this.origin && given.startsWith(`${this.origin}/`) ? given.slice(this.origin.length) : given
    if (OURS.test(path)) return [this.shown(image, path.replace(/-\d+\.webp$/, ".webp"), width, height)]
    if (/^data:image\/(?:png|jpe?g|gif|webp);base64,/i.test(given)) {
      const number = this.uploads.push(given) - 1
      return [this.shown(image, `upload:${number}`)]
    }
    if (/^file:/i.test(given)) this.dropped.disk += 1
    else if (given && !/^data:/i.test(given)) this.dropped.web += 1
    return []
  }

  shown(image, src, width, height) {
    const alt = image.getAttribute("alt")
    const words = (alt ?? "").replace(/\s+/g, " ").trim()
    // an empty description is a decision only where one of our editors took it
    const isSaid = words ? saysSomething(words) : alt !== null && OURS.test(src)
    const sizes = width && height ? ` width="${width}" height="${height}"` : ""
    return { kind: "picture", html: `<img src="${escape(src)}"${isSaid ? ` alt="${escape(words)}"` : ""}${sizes}>` }
  }

  // The lines of running text: a line for each pair of breaks, none that is blank.
  linesOf(nodes) {
    const writer = new Writer()
    for (const node of nodes) this.inline(node, writer, [])
    return writer.lines()
  }

  inline(node, writer, marks) {
    if (node.nodeType === Node.TEXT_NODE) writer.write(node.data, marks)
    else if (node.nodeType === Node.ELEMENT_NODE && node.tagName === "BR") writer.break()
    else if (node.nodeType === Node.ELEMENT_NODE) {
      const inner = withMarks(marks, node)
      for (const child of node.childNodes) this.inline(child, writer, inner)
    }
  }
}

// Writes running text with its marks; source lines that break between two Han characters join.
class Writer {
  pieces = []
  last = ""
  space = ""

  write(text, marks) {
    for (const part of text.split(/([\s\u00a0]+)/)) {
      if (!part) continue
      if (/^[\s\u00a0]/.test(part)) this.space += part
      else this.word(part, marks)
    }
  }

  word(word, marks) {
    const first = String.fromCodePoint(word.codePointAt(0))
    const isLineEnd = /[\r\n]/.test(this.space) && HAN.test(this.last) && HAN.test(first)
    const space = this.space && this.last && !isLineEnd ? " " : ""
    this.pieces.push({ text: space + word, marks })
    this.last = [...word].at(-1)
    this.space = ""
  }

  break() {
    this.pieces.push({ text: "\n", marks: [] })
    this.last = this.space = ""
  }

  lines() {
    const paragraphs = [[]]
    for (const [index, piece] of this.pieces.entries()) {
      const isSecond = piece.text === "\n" && this.pieces[index - 1]?.text === "\n"
      if (isSecond) paragraphs.push([])
      else paragraphs.at(-1).push(piece)
    }
    return paragraphs.map(lineOf).filter(Boolean)
  }
}

function lineOf(pieces) {
  const kept = [...pieces]
  while (kept.length && !kept.at(-1).text.trim()) kept.pop()
  while (kept.length && !kept[0].text.trim()) kept.shift()
  if (kept.length) kept[0] = { ...kept[0], text: kept[0].text.replace(/^[\s\u3000]+/, "") }
  let html = ""
  let open = []
  for (const { text, marks } of [...kept, { text: "", marks: [] }]) {
    const same = marks.findIndex((mark, at) => mark !== open[at])
    const shared = same < 0 ? Math.min(marks.length, open.length) : same
    for (const mark of open.slice(shared).reverse()) html += `</${mark.split(" ")[0]}>`
    for (const mark of marks.slice(shared)) html += `<${mark}>`
    html += text === "\n" ? "<br>" : escape(text)
    open = marks
  }
  return html
}

const ORDER = ["a", "strong", "em", "sub", "sup"]

// Marks in one order, so that the same words always get the same markup.
function withMarks(marks, element) {
  const style = styleOf(element)
  const found = new Map(marks.map((mark) => [mark.split(" ")[0], mark]))
  const href = element.tagName === "A" ? (element.getAttribute("href") ?? "").trim() : ""
  if (/^(?:https?:\/\/|mailto:)/i.test(href)) found.set("a", `a href="${escape(href)}"`)
  if (element.matches("b,strong") || /(?:^|[;"'\s])font-weight:\s*(?:bold|[6-9]00)/.test(style)) found.set("strong", "strong")
  if (/(?:^|[;"'\s])font-weight:\s*(?:normal|[1-5]00)/.test(style)) found.delete("strong")
  if (element.matches("i,em,cite") || /(?:^|[;"'\s])font-style:\s*(?:italic|oblique)/.test(style)) found.set("em", "em")
  if (/(?:^|[;"'\s])font-style:\s*normal/.test(style)) found.delete("em")
  if (element.matches("sub") || /vertical-align:\s*sub/.test(style)) found.set("sub", "sub")
  if (element.matches("sup") || /vertical-align:\s*super/.test(style)) found.set("sup", "sup")
  return ORDER.filter((name) => found.has(name)).map((name) => found.get(name))
}

function isHidden(element) {
  return /display:\s*none|mso-hide:\s*all/.test(styleOf(element)) || element.hidden || element.localName.startsWith("w:")
}

// Word and WPS give a paragraph its level in a style sheet: p.a1 { mso-style-name: "标题 1" }.
function levelsOfStyles(sheet) {
  const levels = new Map()
  for (const [, selectors, rules] of sheet.matchAll(/([^{}]{1,300})\{([^{}]{0,2000})\}/g)) {
    const level = /mso-style-name:\s*"?(?:标题|heading)\\?\s*([1-6])|mso-outline-level:\s*([1-6])(?!\d)/i.exec(rules)
    if (!level) continue
    for (const [, name] of selectors.matchAll(/p\.([\w\u4e00-\u9fff-]+)/g)) levels.set(name, Number(level[1] ?? level[2]))
  }
  return levels
}

// Source lines that break between two Han characters join.
const unwrapped = (text) =>
  text.replace(/(\S)[ \t]*[\r\n]\s*(?=(\S))/gu, (_all, a, b) => (HAN.test(a) && HAN.test(b) ? a : `${a} `))

// Paragraphs, and what no paragraph, item or cell can hold.
function apart(blocks) {
  return [blocks.filter((block) => block.kind === "p"), blocks.filter((block) => block.kind !== "p")]
}

// What stands in a block that a table cell cannot hold, as its paragraphs.
function linesIn(block) {
  if (block.kind === "item") return block.html.map((html) => ({ html }))
  if (block.kind === "quote") return block.blocks
  return block.kind === "picture" || block.kind === "table" ? [] : [block]
}

// Items that follow one another are one list; a caption belongs to the picture before it.
function joinedLists(blocks) {
  const joined = []
  for (const block of blocks) {
    const last = joined.at(-1)
    const isNext = !block.ordered || block.number === last?.start + last?.items?.length
    const goesOn = last?.kind === "list" && last.ordered === block.ordered && isNext
    if (block.kind === "item" && goesOn) last.items.push(block.html)
    else if (block.kind === "item") joined.push({ kind: "list", ordered: block.ordered, start: block.number, items: [block.html] })
    else if (block.kind === "caption" && last?.kind === "picture") last.caption = block.html
    else joined.push(block.kind === "caption" ? { ...block, kind: "p" } : block)
  }
  return joined.filter((block) => block.html !== "" || block.kind === "list")
}

function written(block) {
  if (block.kind === "list") {
    const name = block.ordered ? "ol" : "ul"
    const start = block.ordered && block.start !== 1 ? ` start="${block.start}"` : ""
    const items = block.items.map((lines) => `<li>${lines.map((line) => `<p>${line}</p>`).join("")}</li>`)
    return `<${name}${start}>${items.join("")}</${name}>`
  }
  if (block.kind === "quote") return `<blockquote>${block.blocks.map(written).join("")}</blockquote>`
  if (block.kind === "table") return block.html
  if (block.kind === "picture") {
    return `<figure>${block.html}${block.caption ? `<figcaption>${block.caption}</figcaption>` : ""}</figure>`
  }
  return `<${block.kind}>${block.html}</${block.kind}>`
}
