// The filter panel stands open; on a telephone it folds away so that the list comes first.

const wide = window.matchMedia("(min-width: 48.0625em)")

export function foldFilters(within) {
  within.querySelectorAll("details[data-fold]:not([data-followed])").forEach((panel) => {
    panel.setAttribute("data-followed", "")
    panel.open = wide.matches
    wide.addEventListener("change", () => (panel.open = wide.matches))
  })
}
