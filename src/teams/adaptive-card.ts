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
  readonly color?: "Attention";
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

/** What a button carries. */
export type ActionData = Readonly<Record<string, unknown>>;

/** A button that sends its action to the bot; older clients submit it. */
export type ExecuteAction = {
  readonly type: "Action.Execute";
  readonly title: string;
  readonly verb: string;
  readonly data: ActionData;
  readonly fallback: { readonly type: "Action.Submit"; readonly title: string; readonly data: ActionData };
};

/** A button that opens a dialog, or one inside a dialog. */
export type SubmitAction = {
  readonly type: "Action.Submit";
  readonly title: string;
  readonly data: ActionData;
};

/** A button that asks before its action is sent, because Teams has no confirmation of its own. */
export type ConfirmAction = {
  readonly type: "Action.ShowCard";
  readonly title: string;
  readonly card: {
    readonly type: "AdaptiveCard";
    readonly body: readonly TextBlock[];
    readonly actions: readonly (ExecuteAction | SubmitAction)[];
  };
};

/** A row of buttons. */
export type ActionSet = {
  readonly type: "ActionSet";
  readonly actions: readonly (ExecuteAction | SubmitAction | ConfirmAction)[];
  readonly separator?: true;
};

type Labelled = {
  readonly id: string;
  readonly label: string;
  readonly isRequired?: true;
  readonly errorMessage?: string;
};

/** A field of a form. */
export type InputElement = Labelled &
  (
    | {
        readonly type: "Input.Text";
        readonly maxLength: number;
        readonly isMultiline?: true;
        readonly placeholder?: string;
        readonly value?: string;
      }
    | {
        readonly type: "Input.ChoiceSet";
        readonly style: "compact" | "expanded";
        readonly isMultiSelect?: true;
        readonly choices: readonly { readonly title: string; readonly value: string }[];
        readonly value?: string;
        readonly wrap: true;
      }
    | { readonly type: "Input.Date" | "Input.Time"; readonly value?: string }
  );

/** Anything in the body of a card. */
export type CardElement = TextBlock | FactSet | Container | ActionSet | InputElement;

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
  readonly actions?: readonly SubmitAction[];
  readonly msteams: { readonly width: "Full"; readonly entities?: readonly MentionEntity[] };
};
