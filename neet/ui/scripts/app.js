// What the pages gain when scripts run. Every page works without them.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  createAll,
} from "govuk-frontend"
import { dropFiles } from "./drop.js"
import { foldFilters } from "./filters.js"
import { pressByKey } from "./keys.js"
import { tickAll } from "./many.js"
import { saveLines } from "./saves.js"
import { stackTables } from "./tables.js"

const parts = [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
]

function start(within) {
  parts.forEach((part) => createAll(part, {}, within))
  tickAll(within)
  foldFilters(within)
  dropFiles(within)
  stackTables(within)
}

start(document)
pressByKey()
saveLines()
// A part of the page that htmx has put in is started like the page itself.
document.body.addEventListener("htmx:afterSwap", (event) => start(event.target))
