// The small part of Adaptive Cards 1.5 that the bot uses.

/** A paragraph; its text is Markdown. */
export type TextBlock = {
  readonly type: "TextBlock";
  readonly text: string;
  readonly wrap: true;
  readonly style?: "heading";
  readonly size?: "Small" | "Large";
  readonly weight?: "Bolder";
  readonly isSubtle?: true;
  readonly separator?: true;
};

/** Pairs of label and value. */
export type FactSet = {
  readonly type: "FactSet";
  readonly facts: readonly { readonly title: string; readonly value: string }[];
  readonly separator?: true;
};

/** Paragraphs set apart from the others. */
export type Container = {
  readonly type: "Container";
  readonly style: "emphasis";
  readonly items: readonly TextBlock[];
  readonly separator?: true;
};

/** A button that sends its action to the bot; older clients submit it. */
export type ExecuteAction = {
  readonly type: "Action.Execute";
  readonly title: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, string>>;
  readonly fallback: {
    readonly type: "Action.Submit";
    readonly title: string;
    readonly data: Readonly<Record<string, string>>;
  };
};

/** A button that asks before its action is sent, because Teams has no confirmation of its own. */
export type ConfirmAction = {
  readonly type: "Action.ShowCard";
  readonly title: string;
  readonly card: {
    readonly type: "AdaptiveCard";
    readonly body: readonly TextBlock[];
    readonly actions: readonly ExecuteAction[];
  };
};

/** A row of buttons. */
export type ActionSet = {
  readonly type: "ActionSet";
  readonly actions: readonly (ExecuteAction | ConfirmAction)[];
  readonly separator?: true;
};

/** Anything in the body of a card. */
export type CardElement = TextBlock | FactSet | Container | ActionSet;

/** A mention: the same text stands in the card, and Teams calls the person. */
export type MentionEntity = {
  readonly type: "mention";
  readonly text: string;
  readonly mentioned: { readonly id: string; readonly name: string };
};

/** A whole card. */
export type AdaptiveCard = {
  readonly type: "AdaptiveCard";
  readonly $schema: "http://adaptivecards.io/schemas/adaptive-card.json";
  readonly version: "1.5";
  readonly fallbackText: string;
  readonly body: readonly CardElement[];
  readonly msteams: { readonly width: "Full"; readonly entities?: readonly MentionEntity[] };
};
