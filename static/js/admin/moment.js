// Repeats the moment that was chosen in words, with the day of the week, so that a slip is seen before it is sent.
for (const input of document.querySelectorAll("input.moment")) {
  const words = document.createElement("output")
  words.className = "moment-words"
  words.htmlFor = input.id
  input.after(words)
  const say = () => {
    const moment = new Date(input.value)
    const isKnown = input.value && !Number.isNaN(moment.valueOf())
    // typed and shown in the zone of the library: the parts are repeated as they are
    const style = { dateStyle: "full", timeStyle: "short" }
    words.value = isKnown ? new Intl.DateTimeFormat(document.documentElement.lang, style).format(moment) : ""
  }
  input.addEventListener("input", say)
  say()
}
