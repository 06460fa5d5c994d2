// Shapes of the blocks that this workspace shows; other block types of Slack are refused by name.
import { slackBlockLimits as limits } from "../../limits/slack.js";
import { anyText, plainText } from "./composition-shapes.js";
import { accessoryElements, actionsElements, contextImage, inputElements } from "./element-shapes.js";
import { all, boolean, byType, type Check, list, object, oneOf, string, webAddress } from "./shape.js";
import { isJson } from "./wire.js";

const type: Check = () => {};
const base = { block_id: string(limits.blockId) };

const textOrFields: Check = (value, at, report) => {
  if (isJson(value) && value["text"] === undefined && value["fields"] === undefined) {
    report("missing required field: text (or fields)", at);
  }
};

const section = all(
  object(
    { type },
    {
      ...base,
      text: anyText(limits.sectionText),
      fields: list(anyText(limits.sectionFieldText), 1, limits.sectionFields),
      accessory: byType(accessoryElements, "section accessory"),
      expand: boolean,
    },
  ),
  textOrFields,
);

const contextElement = byType(
  {
    image: contextImage,
    plain_text: anyText(limits.sectionText),
    mrkdwn: anyText(limits.sectionText),
  },
  "context element",
);

/** One block of any supported type. */
export const block: Check = byType(
  {
    section,
    header: object({ type, text: plainText(limits.headerText) }, base),
    context: object({ type, elements: list(contextElement, 1, limits.contextElements) }, base),
    actions: object(
      { type, elements: list(byType(actionsElements, "actions element"), 1, limits.actionsElements) },
      base,
    ),
    input: object(
      { type, label: plainText(limits.inputLabel), element: byType(inputElements, "input element") },
      { ...base, hint: plainText(limits.inputHint), optional: boolean, dispatch_action: boolean },
    ),
    image: object(
      { type, image_url: webAddress(limits.imageUrl), alt_text: string(limits.imageAltText, 0) },
      { ...base, title: plainText(limits.imageTitle) },
    ),
    divider: object({ type: oneOf("divider") }, base),
    markdown: object({ type, text: string(limits.markdownText) }, base),
  },
  "block",
);
