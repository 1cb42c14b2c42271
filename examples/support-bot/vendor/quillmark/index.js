export function render(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\n\n", "<p>");
}
