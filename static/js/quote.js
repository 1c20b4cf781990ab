// A click on a statement's permanent link copies it as a quotation: the text, the source, the address; the reader stays.
// Without this script, or where the browser refuses the clipboard, the link leads to the statement.
const said = document.createElement("p");
said.className = "quoted";
said.setAttribute("role", "status");
document.body.append(said);

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-quote]");
  if (!link || !navigator.clipboard) return;
  const text = document.getElementById(link.hash.slice(1)).querySelector("[data-quote-text]").textContent.trim();
  const { quoteSource, quoteDone } = link.closest("[data-quote-source]").dataset;
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(`${text}\n（${quoteSource}、${link.href}）`);
  } catch {
    location.assign(link.href);
    return;
  }
  said.textContent = quoteDone;
  setTimeout(() => { said.textContent = ""; }, 4000);
});
