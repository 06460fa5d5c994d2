// What a bot may put into a message: text, blocks, attachments and metadata, refused where Slack would refuse.
import { slackSurfaceLimits as limits } from "../../limits/slack.js";
import { block } from "./block-shapes.js";
import { invalid, SlackRefusal } from "./refusal.js";
import { list, matching, object, problemsOf, string, webAddress } from "./shape.js";
import { completeBlocks, messageBlockProblems } from "./validate-blocks.js";
import type { WireAttachment } from "./visible-text.js";
import { isJson, type Json, parseJson, type WireBlock } from "./wire.js";
import type { Workspace } from "./workspace.js";

/** The checked content of a message. */
export interface MessageContent {
  readonly text: string;
  readonly blocks: readonly WireBlock[];
  readonly attachments: readonly WireAttachment[];
  readonly metadata: Json | undefined;
  /** Warnings that Slack adds to the answer. */
  readonly warnings: readonly string[];
}

/** Where content is going, which decides what happens to long text. */
export type ContentUse = "post" | "update";

/** Checks the content fields of a call or of a body sent to a response_url. */
export function messageContent(ws: Workspace, fields: Json, use: ContentUse): MessageContent {
  if (fields["markdown_text"] !== undefined) {
    throw invalid("invalid_arguments", [
      "markdown_text is not supported by this workspace [json-pointer:/markdown_text]",
    ]);
  }
  const blocks = checkedBlocks(ws, structured(fields["blocks"]));
  const attachments = checkedAttachments(ws, structured(fields["attachments"]));
  const full = fields["text"] === undefined || fields["text"] === null ? "" : String(fields["text"]);
  if (full === "" && blocks.length === 0 && attachments.length === 0) throw new SlackRefusal("no_text");
  if (use === "update" && full.length > limits.updateText) throw new SlackRefusal("msg_too_long");
  const cut = full.length > limits.messageTextTruncatedAt;
  return {
    text: cut ? full.slice(0, limits.messageTextTruncatedAt) : full,
    blocks,
    attachments,
    metadata: checkedMetadata(structured(fields["metadata"])),
    warnings: cut ? ["message_truncated"] : [],
  };
}

function structured(value: unknown): unknown {
  if (typeof value !== "string") return value ?? undefined;
  return value === "" ? undefined : (parseJson(value) ?? value);
}

function checkedBlocks(ws: Workspace, blocks: unknown): WireBlock[] {
  if (blocks === undefined) return [];
  if (!Array.isArray(blocks)) throw new SlackRefusal("invalid_blocks_format");
  const problems = messageBlockProblems(blocks);
  if (problems.length > 0) throw invalid("invalid_blocks", problems);
  return completeBlocks(blocks, ws.nextId);
}

const attachmentShape = object(
  {},
  {
    color: matching(/^(good|warning|danger|#?[0-9a-fA-F]{6})$/, "must be a colour such as #36a64f"),
    blocks: list(block, 0, limits.messageBlocks),
    fallback: string(40_000, 0),
    footer: string(300, 0),
    pretext: string(40_000, 0),
    text: string(40_000, 0),
    title: string(40_000, 0),
    title_link: webAddress(3000),
  },
);

function checkedAttachments(ws: Workspace, attachments: unknown): WireAttachment[] {
  if (attachments === undefined) return [];
  if (!Array.isArray(attachments)) throw new SlackRefusal("invalid_attachments");
  if (attachments.length > limits.attachments) throw new SlackRefusal("too_many_attachments");
  return attachments.filter(isJson).map((attachment, index) => {
    const pointer = `/attachments/${index}`;
    const problems = problemsOf(attachmentShape, attachment, pointer);
    if (attachment["blocks"] !== undefined)
      problems.push(...messageBlockProblems(attachment["blocks"], `${pointer}/blocks`));
    if (problems.length > 0) throw invalid("invalid_blocks", [...new Set(problems)]);
    const blocks =
      attachment["blocks"] === undefined ? {} : { blocks: completeBlocks(attachment["blocks"], ws.nextId) };
    // The shape was checked just above.
    return { ...(attachment as WireAttachment), ...blocks };
  });
}

function checkedMetadata(metadata: unknown): Json | undefined {
  if (metadata === undefined) return undefined;
  const good = isJson(metadata) && typeof metadata["event_type"] === "string" && isJson(metadata["event_payload"]);
  if (!good) throw new SlackRefusal("invalid_metadata_format");
  return metadata;
}
