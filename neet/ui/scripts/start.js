// Runs before anything is drawn: tells the style sheet that scripts work here.
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("js-enabled", "govuk-frontend-supported")
}
