/** The style sheet of the page. */
export const pageStyle = `
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.45 system-ui, "Segoe UI", "Noto Sans", sans-serif; color: #1d1c1d; background: #fff;
  display: grid; grid-template-columns: 260px minmax(0, 1fr); height: 100vh; }
nav { background: #f4f1f6; border-right: 1px solid #ddd6e2; padding: 16px; overflow: auto; }
nav h1 { font-size: 17px; margin: 0 0 12px; }
nav label { display: block; font-weight: 600; margin-bottom: 4px; }
nav select { width: 100%; margin-bottom: 16px; }
nav h2 { font-size: 13px; color: #5c5560; margin: 12px 0 4px; }
nav ul { list-style: none; margin: 0 0 12px; padding: 0; }
nav li button { width: 100%; text-align: left; border: 0; background: none; padding: 5px 8px; overflow-wrap: anywhere; }
nav li button:hover { background: #e8e1ec; }
nav li button[aria-current] { background: #5b2a6e; color: #fff; }
nav li button.unread { font-weight: 700; }
nav li button.unread::after { content: " •"; color: #b3261e; }
main { display: flex; flex-direction: column; min-width: 0; height: 100vh; }
#heading { padding: 12px 20px; border-bottom: 1px solid #e4e0e6; }
#heading h2 { margin: 0; font-size: 18px; }
#heading p { margin: 4px 0 0; }
.facts, .system, .hint, small, time { color: #5f5a62; }
.facts, .hint, small { font-size: 13px; }
.bookmarks a { margin-right: 12px; }
#messages { flex: 1; overflow: auto; padding: 12px 20px; }
.system { font-size: 13px; margin: 6px 0; }
.message { padding: 8px 10px; border-radius: 8px; margin: 2px 0; max-width: 860px; }
.message:hover { background: #faf8fb; }
.message header { display: flex; gap: 8px; align-items: baseline; flex-wrap: wrap; }
.message header time { font-size: 12px; }
.badge { font-size: 11px; background: #e4dcea; border-radius: 4px; padding: 0 5px; }
.note { font-size: 12px; color: #5f5a62; }
.ephemeral { background: #fdf8e8; }
.in-thread { margin-left: 28px; border-left: 3px solid #ddd6e2; border-radius: 0 8px 8px 0; }
.content, .plain, .choice span { white-space: normal; overflow-wrap: anywhere; }
.block { margin: 6px 0; }
.block p { margin: 0; }
.block h3 { margin: 0; font-size: 17px; }
.block hr { border: 0; border-top: 1px solid #ddd6e2; }
.block-section { display: flex; gap: 16px; justify-content: space-between; align-items: flex-start; }
.section-body { flex: 1; min-width: 0; }
.fields { display: grid; grid-template-columns: 1fr 1fr; gap: 6px 18px; margin-top: 4px; }
.block-context { color: #5f5a62; font-size: 13px; }
.block-actions { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.attachment { display: flex; gap: 10px; margin: 4px 0; }
.attachment .bar { flex: none; height: auto; }
.attachment > div { flex: 1; min-width: 0; }
.reaction { border: 1px solid #ddd6e2; border-radius: 12px; padding: 1px 8px; font-size: 13px; }
.mention { color: #1a4b8c; background: #e6eff9; border-radius: 3px; padding: 0 2px; }
.image { border: 1px dashed #bbb2c0; border-radius: 4px; padding: 2px 6px; font-size: 13px; }
blockquote { margin: 2px 0; padding-left: 10px; border-left: 4px solid #ddd6e2; }
pre, code { background: #f4f2f5; border: 1px solid #e4e0e6; border-radius: 4px; font-size: 13px; }
code { padding: 0 3px; } pre { padding: 8px; overflow: auto; white-space: pre-wrap; }
button, .button { font: inherit; color: inherit; background: #fff; border: 1px solid #b9b0bf; border-radius: 6px; padding: 4px 12px;
  cursor: pointer; text-decoration: none; display: inline-block; }
button:hover, .button:hover { background: #f4f1f6; }
button.primary, .button.primary { background: #15683f; border-color: #15683f; color: #fff; }
button.danger, .button.danger { background: #b3261e; border-color: #b3261e; color: #fff; }
button.quiet { border: 0; background: none; padding: 0 4px; font-size: 12px; color: #1a4b8c; }
button:disabled { opacity: .55; cursor: default; }
:focus-visible { outline: 2px solid #1a4b8c; outline-offset: 1px; }
input, select, textarea { font: inherit; color: inherit; background: #fff; border: 1px solid #b9b0bf; border-radius: 6px; padding: 6px 8px; max-width: 100%; }
#composer { border-top: 1px solid #e4e0e6; padding: 12px 20px; }
#composer .line { display: flex; gap: 8px; }
#composer input { flex: 1; }
#composer label { position: absolute; left: -9999px; }
#threadnote { margin: 0 0 6px; font-size: 13px; }
#trouble { color: #b3261e; margin: 6px 0 0; min-height: 0; }
dialog { border: 0; border-radius: 10px; padding: 0; width: min(560px, 94vw); max-height: 90vh; box-shadow: 0 12px 48px rgb(0 0 0 / .35); }
dialog::backdrop { background: rgb(29 28 29 / .45); }
dialog form, dialog .ask { padding: 18px 22px; }
dialog h2 { margin: 0 0 12px; font-size: 19px; }
dialog footer { display: flex; justify-content: flex-end; gap: 8px; margin-top: 16px; position: sticky; bottom: 0; background: #fff; padding: 8px 0; }
.block-input { margin: 14px 0; }
.block-input > label, legend { display: block; font-weight: 600; margin-bottom: 4px; padding: 0; }
.block-input input:not([type=radio]):not([type=checkbox]), .block-input select, .block-input textarea { width: 100%; }
fieldset { border: 0; margin: 0; padding: 0; }
.choice { display: flex; gap: 8px; align-items: flex-start; font-weight: 400; margin: 4px 0; }
.choice small { display: block; }
.hint { margin: 4px 0 0; }
.error { color: #b3261e; margin: 4px 0 0; }
details { border-top: 1px solid #e4e0e6; padding: 6px 20px; font-size: 12px; }
details pre { max-height: 30vh; }
@media (max-width: 700px) { body { grid-template-columns: 1fr; grid-template-rows: auto 1fr; } main { height: auto; min-height: 60vh; }
  .fields { grid-template-columns: 1fr; } }
`;
