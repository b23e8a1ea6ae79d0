// "Tick all" and the count of ticked rows above a list of tick boxes.

const words = (count) => (count === 0 ? "Nothing ticked" : `${count} ticked`)

function follow(form) {
  const all = form.querySelector("[data-tick-all]")
  const count = form.querySelector("[data-ticked]")
  const boxes = () => [...form.querySelectorAll("input[data-tick]")]

  const show = () => {
    const ticked = boxes().filter((box) => box.checked).length
    count.textContent = words(ticked)
    all.checked = ticked > 0 && ticked === boxes().length
    all.indeterminate = ticked > 0 && ticked < boxes().length
  }

  all.closest("[hidden]")?.removeAttribute("hidden")
  all.addEventListener("change", () => {
    boxes().forEach((box) => (box.checked = all.checked))
    show()
  })
  form.addEventListener("change", show)
  show()
}

export function tickAll(within) {
  within.querySelectorAll("[data-many]:not([data-followed])").forEach((form) => {
    form.setAttribute("data-followed", "")
    follow(form)
  })
}
