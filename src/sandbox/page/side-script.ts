/** The part of the page's script for what stands beside the workspace; it follows that of the page. */
export const sideScript = `
const pieces = el("pieces"), teamsDialog = el("teams-form"), sideTrouble = el("side-trouble"), filter = el("filter");
const asked = new URLSearchParams(location.search), sideShown = new Map();
let sideName = asked.get("side") ?? "", teamsAt = asked.get("at") ?? "", openMail = "", teamsThread = null, teamsKey = null;
if (sideName !== "") document.body.dataset.view = "side";
let pieceSource = "", opened = "", headingDrawn = "";

beside.query = () => ({ side: sideName, at: teamsAt, mail: openMail, filter: filter.value });
beside.address = () => (document.body.dataset.view === "side" ? { side: sideName, at: teamsAt } : {});
beside.changed = () => { teamsThread = null; pieceSource = ""; opened = ""; };
beside.draw = (side) => {
  if (!side) return;
  sideName = side.name;
  if (side.name === "teams") teamsAt = side.at ?? "@bot";
  const source = side.name + (side.name === "teams" ? " " + who.value + " " + teamsAt : "");
  if (source !== pieceSource) { sideShown.clear(); pieces.innerHTML = ""; pieceSource = source; }
  // Drawn only when it is another one, so that the keyboard keeps its place.
  if (headingDrawn !== side.heading) { headingDrawn = side.heading; redraw(el("side-heading"), side.heading); }
  el("teams-composer").hidden = !side.canWrite;
  filter.hidden = side.name === "teams";
  pieces.dataset.name = side.name;
  drawPieces(pieces, sideShown, side.pieces, side.name === "teams");
  drawTeamsForm(side.form ?? null);
  markSides(side.news);
  el("teams-threadnote").hidden = teamsThread === null;
  // Teams lets some cards refresh themselves when somebody comes to see them.
  if (side.name === "teams" && side.canWrite && opened !== source) { opened = source; void actBeside({ do: "teams-open" }); }
};
function markSides(news) {
  for (const button of document.querySelectorAll("[data-side]:not([data-side=slack]), [data-teams-go]")) {
    const name = button.dataset.side ?? "teams " + who.value + " " + button.dataset.teamsGo;
    const last = news[button.dataset.side ?? button.dataset.teamsGo] ?? "";
    const seen = button.dataset.side ? name === sideName : button.dataset.teamsGo === teamsAt;
    if (seen || !read.has(name)) read.set(name, seen ? last : "");
    button.classList.toggle("unread", last !== "" && read.get(name) !== last);
    if (button.dataset.side) button.setAttribute("aria-pressed", String(seen));
  }
}
function drawTeamsForm(form) {
  const key = form ? form.key : null;
  if (key === teamsKey) return;
  teamsKey = key;
  if (!form) { teamsDialog.close(); teamsDialog.innerHTML = ""; return; }
  teamsDialog.innerHTML = form.html;
  if (!teamsDialog.open) teamsDialog.showModal();
  teamsDialog.querySelector("[data-input], button")?.focus();
}
function inputsIn(root) {
  const entries = [...root.querySelectorAll("[data-input]")].map((node) => [node.dataset.input, enteredIn(node)]);
  return Object.fromEntries(entries);
}
function enteredIn(node) {
  if (node.dataset.kind === "toggle") return node.checked;
  if (node.dataset.kind) {
    const values = [...node.querySelectorAll("input:checked")].map((input) => input.value);
    if (values.length === 0) return null;
    return node.dataset.kind === "many" ? values : values[0];
  }
  if (node.multiple) return node.selectedOptions.length === 0 ? null : [...node.selectedOptions].map((option) => option.value);
  return node.value === "" ? null : node.value;
}
// Beside the queue of the workspace: a phone that is being listened to must not hold up anything else.
async function actBeside(body) {
  try { await act({ at: teamsAt, ...body }, sideTrouble); await draw(); } catch (error) { sideTrouble.textContent = String(error); }
}
function pressCard(button) {
  const action = button.dataset.cardAction, form = button.closest("[data-teams-dialog]");
  if (form) return actBeside({ do: "teams-submit", dialog: form.dataset.teamsDialog, action, inputs: inputsIn(form) });
  const message = button.closest("[data-teams-message]");
  return actBeside({ do: "teams-press", message: message.dataset.teamsMessage, action, inputs: inputsIn(message) });
}
function look(changes) { changes(); remember(); void enqueue(draw); }

document.addEventListener("click", (event) => {
  const at = (selector) => event.target.closest(selector);
  const side = at("[data-side]"), place = at("[data-teams-go]"), mail = at("[data-mail]"), phone = at("[data-phone]");
  const card = at("[data-card-action]"), reply = at("[data-teams-reply]");
  if (side && side.dataset.side === "slack") look(() => { document.body.dataset.view = "slack"; });
  else if (side) look(() => { sideName = side.dataset.side; document.body.dataset.view = "side"; sideTrouble.textContent = ""; });
  else if (place) look(() => { teamsAt = place.dataset.teamsGo; teamsThread = null; });
  else if (mail) look(() => { openMail = openMail === mail.dataset.mail ? "" : mail.dataset.mail; });
  else if (phone) void actBeside({ do: "phone-" + phone.dataset.phone, number: phone.closest("[data-number]").dataset.number, key: phone.dataset.key });
  else if (card) void pressCard(card);
  else if (reply) { teamsThread = reply.dataset.teamsReply; el("teams-threadnote").hidden = false; el("teams-say").focus(); }
  else if (at("#teams-nothread")) { teamsThread = null; el("teams-threadnote").hidden = true; }
  else if (at("[data-teams-close]")) void actBeside({ do: "teams-close" });
  else if (at("#teams-mention")) { const say = el("teams-say"); say.value = at("#teams-mention").textContent + " " + say.value; say.focus(); }
});
el("teams-composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const say = el("teams-say"), text = say.value;
  if (text.trim() === "") return;
  say.value = "";
  void actBeside({ do: "teams-type", text, thread: teamsThread });
});
pieces.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target.closest("[data-sms]"), field = form.querySelector("input"), text = field.value;
  if (text.trim() === "") return;
  field.value = "";
  void actBeside({ do: "phone-reply", number: form.dataset.sms, text });
});
teamsDialog.addEventListener("submit", (event) => {
  event.preventDefault();
  teamsDialog.querySelector("[data-card-action]")?.click();
});
teamsDialog.addEventListener("cancel", (event) => { event.preventDefault(); void actBeside({ do: "teams-close" }); });
filter.addEventListener("input", () => void enqueue(draw));
`;
