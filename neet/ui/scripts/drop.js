// A file may be dropped anywhere into the box around its field; the field itself works as it always did.

function follow(box) {
  const field = box.querySelector("input[type=file]")

  const over = (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return
    event.preventDefault()
    box.classList.add("drop--over")
  }
  const out = () => box.classList.remove("drop--over")

  box.addEventListener("dragenter", over)
  box.addEventListener("dragover", over)
  box.addEventListener("dragleave", (event) => box.contains(event.relatedTarget) || out())
  box.addEventListener("drop", (event) => {
    event.preventDefault()
    out()
    if (event.dataTransfer.files.length !== 1) return
    field.files = event.dataTransfer.files
    field.dispatchEvent(new Event("change", { bubbles: true }))
    field.focus()
  })
}

export function dropFiles(within) {
  within.querySelectorAll("[data-drop]:not([data-followed])").forEach((box) => {
    box.setAttribute("data-followed", "")
    follow(box)
  })
}
