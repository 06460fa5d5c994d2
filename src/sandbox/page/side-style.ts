/** The style sheet of what stands beside the workspace. */
export const sideStyle = `
body.beside { grid-template-columns: 210px minmax(0, 1fr) minmax(0, 1fr); }
#side { display: flex; flex-direction: column; min-width: 0; height: 100vh; border-left: 1px solid #ddd6e2; }
#side-heading { padding: 12px 20px 8px; }
#side-heading h2 { margin: 0; font-size: 18px; }
#side-heading p { margin: 6px 0 0; }
#filter { margin: 0 20px 10px; }
#pieces { flex: 1; overflow: auto; padding: 12px 20px; border-top: 1px solid #e4e0e6; min-height: 0; }
#side-trouble { color: #b3261e; margin: 0; padding: 0 20px; }
#side-trouble:not(:empty) { padding-bottom: 10px; }
#teams-composer { border-top: 1px solid #e4e0e6; padding: 12px 20px; }
#teams-composer[hidden], #filter[hidden] { display: none; }
#teams-threadnote { margin: 0 0 6px; font-size: 13px; }
#side .line { display: flex; gap: 8px; }
#side .line input { flex: 1; min-width: 0; }
.only-narrow { display: none; }
nav li button[aria-pressed=true] { background: #5b2a6e; color: #fff; }
.places { display: flex; flex-wrap: wrap; gap: 6px; }
.places button[aria-current] { background: #4b53bc; border-color: #4b53bc; color: #fff; }
.places button.unread::after { content: " •"; color: #b3261e; }
.text { white-space: pre-line; overflow-wrap: anywhere; margin: 4px 0; }
.card { border: 1px solid #d5d3e4; border-radius: 8px; padding: 10px 12px; margin: 6px 0; background: #fff; }
.card h3 { margin: 0 0 6px; font-size: 17px; }
.card hr { border: 0; border-top: 1px solid #ddd6e2; }
.card dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 2px 12px; margin: 6px 0; }
.card dt { font-weight: 600; } .card dd { margin: 0; overflow-wrap: anywhere; }
.card .emphasis { background: #f4f2f5; border-radius: 6px; padding: 6px 10px; margin: 6px 0; }
.card .columns { display: flex; gap: 12px; } .card .columns > div { flex: 1; min-width: 0; }
.card .subtle { color: #5f5a62; } .card .small { font-size: 13px; } .card .strong { font-weight: 600; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; align-items: flex-start; }
.card-input { margin: 12px 0; }
.card-input > label { display: block; font-weight: 600; margin-bottom: 4px; }
.card-input > input, .card-input > select, .card-input > textarea { width: 100%; }
.notice { background: #fdf8e8; border-radius: 6px; padding: 6px 10px; }
details.show-card { border: 0; padding: 0; font-size: inherit; }
details.show-card[open] { flex-basis: 100%; }
details.show-card > summary { list-style: none; }
.device, .mailbox { border: 1px solid #ddd6e2; border-radius: 10px; padding: 10px 14px; margin: 0 0 14px; }
.device h3, .mailbox h3 { margin: 0 0 6px; font-size: 15px; overflow-wrap: anywhere; }
.sms { background: #f1eef4; border-radius: 10px; padding: 6px 10px; margin: 6px 15% 6px 0; white-space: pre-line; overflow-wrap: anywhere; }
.sms.own { background: #e3f1e8; margin: 6px 0 6px 15%; }
.sms time, .call time, .mail time { font-size: 12px; }
.call { margin: 8px 0; } .call p { margin: 4px 0; }
.call.live { border: 2px solid #15683f; border-radius: 10px; padding: 8px 12px; }
.call details, .opened details { border: 0; padding: 4px 0; font-size: 13px; }
.said { font-style: italic; }
.keys { display: flex; flex-wrap: wrap; gap: 8px; }
.mailbox ul { list-style: none; margin: 0; padding: 0; }
.mail { width: 100%; text-align: left; border: 0; border-top: 1px solid #e4e0e6; border-radius: 0; }
.mail strong { display: block; overflow-wrap: anywhere; }
.opened { padding: 4px 12px 12px; }
.opened iframe { width: 100%; height: 420px; border: 1px solid #ddd6e2; border-radius: 6px; resize: vertical; }
@media (max-width: 1000px) {
  body.beside { grid-template-columns: 200px minmax(0, 1fr); }
  .only-narrow { display: block; } .only-wide { display: none; }
  body[data-view=slack] #side { display: none; }
  body[data-view=side] main { display: none; }
  body[data-view=slack] nav li button[aria-pressed=true] { background: none; color: inherit; }
  body[data-view=slack] [data-side=slack] { background: #5b2a6e; color: #fff; }
}
@media (max-width: 700px) {
  body.beside { grid-template-columns: minmax(0, 1fr); grid-template-rows: auto 1fr; height: auto; min-height: 100vh; }
  #side { height: auto; min-height: 60vh; border-left: 0; }
  #sides { display: flex; flex-wrap: wrap; gap: 4px; }
  body[data-view=side] #channels, body[data-view=side] #channels-title { display: none; }
  #pieces, #side-heading, #teams-composer { padding-left: 14px; padding-right: 14px; }
  #filter { margin: 0 14px 10px; }
  .sms { margin-right: 6%; } .sms.own { margin-left: 6%; }
}
`;
