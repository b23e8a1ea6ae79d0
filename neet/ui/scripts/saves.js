// Lines that save themselves. Beside each stands in words whether it is saved, and nobody leaves while one is not: links
// and buttons wait for what is under way, and the browser asks about what stays unsaved.

const LONGEST_WAIT = 15000

const unsaved = new Set() // lines with something that is not saved
const waiting = new Set() // lines whose last change has no answer yet, the queued ones included
const flying = new Set() // lines whose request is on its way
let leaving = false
let next = null

const saidOf = (line) => line.querySelector("[data-said]")

function saySaving(line) {
  const said = saidOf(line)
  if (said) said.textContent = "Saving…"
}

function sayNotSaved(line) {
  const words = document.createElement("span")
  words.className = "answer__wrong"
  words.setAttribute("role", "alert")
  words.textContent = "Not saved. "
  const again = document.createElement("button")
  again.type = "button"
  again.className = "plainbutton"
  again.textContent = "Try again"
  again.addEventListener("click", () => sendAgain(line))
  saidOf(line)?.replaceChildren(words, again)
}

// A line marked data-saves="submit" is sent by its own button, any other by each change.
const isSentByButton = (line) => line.dataset.saves === "submit"

function sendAgain(line) {
  if (isSentByButton(line)) line.requestSubmit()
  else line.dispatchEvent(new Event("change", { bubbles: true }))
}

// A line that was put aside by a newer one has nothing left to save.
function forgetReplaced() {
  for (const lines of [unsaved, waiting, flying]) {
    lines.forEach((line) => line.isConnected || lines.delete(line))
  }
}

function goOn() {
  forgetReplaced()
  if (!next || next.lines.size) return
  const { act } = next
  next = null
  act()
}

// What would leave the page is done once these lines are answered, or have taken too long.
function waitFor(lines, event, act) {
  forgetReplaced()
  if (!lines.size) return
  event.preventDefault()
  next = { lines, act }
  setTimeout(() => {
    lines.clear()
    goOn()
  }, LONGEST_WAIT)
}

function changed(event) {
  const line = event.target.closest?.("[data-saves]")
  if (!line) return
  line.changes = (line.changes || 0) + 1
  unsaved.add(line)
  if (isSentByButton(line)) return
  waiting.add(line)
  saySaving(line)
}

function sent({ detail }) {
  if (!detail.elt.matches("[data-saves]")) return
  detail.elt.sent = detail.elt.changes
  flying.add(detail.elt)
  if (!isSentByButton(detail.elt)) return
  waiting.add(detail.elt)
  saySaving(detail.elt)
}

// What could not be sent while the connection was away is sent once it is back.
function cameBack() {
  forgetReplaced()
  unsaved.forEach((line) => line.querySelector("[data-said] button") && !flying.has(line) && sendAgain(line))
}

function isElsewhere(xhr, path) {
  return Boolean(xhr.responseURL) && new URL(xhr.responseURL).pathname !== new URL(path, location.href).pathname
}

// An older answer does not write over what was changed since; and a page asked for elsewhere (signed out) is no answer.
function swapping({ detail }) {
  const line = detail.requestConfig.elt
  if (!line.matches("[data-saves]")) return
  const lost = isElsewhere(detail.xhr, detail.pathInfo.requestPath)
  if (lost || line.sent !== line.changes) detail.shouldSwap = false
}

function differs(control) {
  if (control.options) return control.selectedIndex !== Math.max(0, [...control.options].findIndex((each) => each.defaultSelected))
  const isTicked = control.type === "radio" || control.type === "checkbox"
  return isTicked ? control.checked !== control.defaultChecked : control.value !== control.defaultValue
}

// An answer given before this script was there is sent as if it were given now. What the browser filled in by itself on
// the way back, or when the page was loaded again, is nobody's answer.
function givenBefore({ target }) {
  const isFresh = performance.getEntriesByType("navigation")[0]?.type === "navigate"
  if (target !== document.body || !isFresh) return
  for (const line of document.querySelectorAll("[data-saves]")) {
    const isAnswered = [...line.querySelectorAll("input, textarea, select")].some(differs)
    if (isAnswered && !isSentByButton(line)) sendAgain(line)
  }
}

function answered({ detail }) {
  const line = detail.elt
  if (leaving || !line.matches("[data-saves]")) return
  flying.delete(line)
  if (line.sent === line.changes) {
    waiting.delete(line)
    if (!detail.successful || isElsewhere(detail.xhr, detail.pathInfo.requestPath)) sayNotSaved(line)
    else if (!line.querySelector("[data-unsaved]")) unsaved.delete(line)
  }
  goOn()
}

function submitting(event) {
  const form = event.target
  if (event.defaultPrevented || form.hasAttribute("hx-post")) return
  const carriesAll = [...unsaved].every((line) => form.contains(line) || !line.isConnected)
  waitFor(carriesAll ? flying : waiting, event, () => form.requestSubmit(event.submitter))
  if (!event.defaultPrevented) leaving = carriesAll
}

function following(event) {
  const link = event.target.closest?.("a[href]")
  const isPlain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
  if (!link || !isPlain || event.defaultPrevented || link.target || link.hasAttribute("download")) return
  if (link.getAttribute("href").startsWith("#")) return
  waitFor(waiting, event, () => link.click())
}

export function saveLines() {
  document.addEventListener("change", changed, true)
  document.addEventListener("submit", submitting)
  document.addEventListener("click", following)
  document.body.addEventListener("htmx:load", givenBefore)
  document.body.addEventListener("htmx:beforeSend", sent)
  document.body.addEventListener("htmx:beforeSwap", swapping)
  document.body.addEventListener("htmx:afterRequest", answered)
  document.body.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
    if (detail.xhr.getResponseHeader("HX-Refresh")) leaving = true
  })
  window.addEventListener("online", cameBack)
  window.addEventListener("pageshow", () => (leaving = false))
  window.addEventListener("beforeunload", (event) => {
    forgetReplaced()
    if (!leaving && unsaved.size) event.preventDefault()
  })
}
