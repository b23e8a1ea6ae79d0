// A button that names a key is pressed by it, unless somebody is typing.

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null
}

export function pressByKey() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || isTyping(event.target)) return
    const button = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`)
    if (!button) return
    event.preventDefault()
    button.click()
  })
}
