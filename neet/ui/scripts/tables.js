// On a telephone a plain table becomes a card for each row, each value under its heading's words. Tables that sort by
// their headings, span cells or are stacked already stay as they are, and so does every table without scripts.
export function stackTables(within) {
  within.querySelectorAll(".table-frame > .table").forEach((table) => {
    const heads = [...table.querySelectorAll("thead tr")]
    const plain = heads.length === 1 && !table.querySelector("thead a, [colspan], [rowspan], tbody [data-label]")
    if (!plain || table.closest(".stacked") || heads[0].cells.length < 3) return
    const words = [...heads[0].cells].map((cell) => cell.textContent.trim().replace(/\s+/g, " "))
    table.querySelectorAll("tbody tr").forEach((row) => {
      ;[...row.cells].forEach((cell, at) => {
        const says = cell.tagName === "TD" && cell.textContent.trim() && !cell.querySelector("button")
        if (words[at] && says) cell.dataset.label = words[at]
      })
    })
    table.parentElement.classList.add("stacked")
  })
}
