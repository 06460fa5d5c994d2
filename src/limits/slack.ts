// Slack's documented numbers, shared by the renderer that must respect them and the local workspace that enforces them.
// Lengths are in characters (UTF-16 code units, as Slack counts them), times in milliseconds.

/** Limits of messages, modals and the home tab as wholes (docs.slack.dev/reference/block-kit, /reference/views). */
export const slackSurfaceLimits = {
  messageBlocks: 50,
  modalBlocks: 100,
  homeBlocks: 100,
  modalTitle: 24,
  modalSubmit: 24,
  modalClose: 24,
  privateMetadata: 3000,
  callbackId: 255,
  externalId: 255,
  viewBytes: 250 * 1024, // views.open: view_too_large
  viewStack: 3, // views.push: push_limit_reached
  messageTextTruncatedAt: 40_000, // chat.postMessage: longer text is cut, with the warning message_truncated
  messageTextAdvised: 4000, // chat.postMessage advises 4,000
  updateText: 4000, // chat.update: msg_too_long
  attachments: 100, // too_many_attachments
  markdownInMessage: 12_000, // all markdown blocks of one message together
} as const;

/** Limits of single blocks (docs.slack.dev/reference/block-kit/blocks). */
export const slackBlockLimits = {
  blockId: 255,
  sectionText: 3000,
  sectionFields: 10,
  sectionFieldText: 2000,
  headerText: 150,
  contextElements: 10,
  actionsElements: 25,
  inputLabel: 2000,
  inputHint: 2000,
  imageUrl: 3000,
  imageAltText: 2000,
  imageTitle: 2000,
  markdownText: 12_000,
} as const;

/** Limits of elements and composition objects (docs.slack.dev/reference/block-kit/block-elements and /composition-objects). */
export const slackElementLimits = {
  actionId: 255,
  textObject: 3000,
  buttonText: 75,
  buttonValue: 2000,
  buttonUrl: 3000,
  accessibilityLabel: 75,
  buttonStyles: ["primary", "danger"],
  placeholder: 150,
  selectOptions: 100,
  optionGroups: 100,
  optionGroupLabel: 75,
  optionText: 75,
  optionDescription: 75,
  optionValue: 150, // the reference says 150, the declarations of @slack/types 3.2 say 75
  optionValueSafe: 75, // what satisfies both
  overflowOptions: 5,
  choiceOptions: 10, // checkboxes and radio buttons
  plainTextInputLength: 3000,
  confirmTitle: 100,
  confirmText: 300,
  confirmConfirm: 30,
  confirmDeny: 30,
} as const;

/** Limits of channels and what hangs on them (docs.slack.dev/reference/methods/conversations.create and neighbours). */
export const slackChannelLimits = {
  name: 80,
  // Lower-case letters of any script, digits, hyphen and underscore; upper case is invalid_name_specials.
  namePattern: /^[\p{Ll}\p{Lo}\p{M}\p{N}_-]+$/u,
  nameOnlyPunctuation: /^[_-]+$/,
  topic: 250,
  purpose: 250,
  inviteUsersPerCall: 100, // conversations.invite (older documentation says 1,000)
  bookmarks: 100, // too_many_bookmarks; the number is the one that emulators use
  directUsers: 8, // conversations.open: too_many_users
} as const;

/** Deadlines and lifetimes (docs.slack.dev/interactivity/handling-user-interaction, /authentication/verifying-requests-from-slack). */
export const slackDeadlines = {
  ackMs: 3000,
  triggerLifetimeMs: 3000,
  responseUrlLifetimeMs: 30 * 60_000,
  responseUrlUses: 5,
  signatureAgeMs: 5 * 60_000,
  eventRetryDelaysMs: [0, 60_000, 300_000],
} as const;

/** Limits of the app's own declaration (slackapi/manifest-schema, version 2). */
export const slackAppLimits = {
  commandName: 32, // with the slash
  commandDescription: 2000,
  commandUsageHint: 1000,
  shortcutName: 24,
  requestBodyBytes: 4 * 1024 * 1024, // @slack/bolt 5.1 answers 413 above
} as const;

/** Text that must be escaped in mrkdwn so that it cannot become a mention or a link (docs.slack.dev/messaging/formatting-message-text). */
export const slackEscapes = [
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
] as const;
