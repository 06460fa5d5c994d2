import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { typedText } from "../../../src/teams/typed-text.js";

const BOT = "28:bot";
const message = (text: string, ...mentions: readonly { id: string; name: string }[]) => ({
  text,
  recipient: { id: BOT },
  entities: [
    { type: "clientInfo" },
    ...mentions.map(({ id, name }) => ({ type: "mention", text: `<at>${name}</at>`, mentioned: { id, name } })),
  ],
});
const bot = { id: BOT, name: "Plantão" };
const ana = { id: "29:ana", name: "Ana Souza" };

describe("what somebody typed", () => {
  test.each([
    ["<at>Plantão</at> declarar checkout", "declarar checkout"],
    ["<at>Plantão</at>&nbsp;declarar&nbsp;checkout", "declarar checkout"],
    ["<at>Plantão</at>: declarar", "declarar"],
    ["declarar checkout <at>Plantão</at>", "declarar checkout"],
    ["<at>Plantão</at>", ""],
  ])("%s says %s", (text, says) => {
    expect(typedText(message(text, bot), "Plantão")).toBe(says);
  });

  test("other people become tokens of the parser", () => {
    const text = "<at>Plantão</at> papel comandante <at>Ana Souza</at>";
    expect(typedText(message(text, bot, ana), "Plantão").replace(/\s+/g, " ")).toBe(
      "papel comandante <@29:ana|Ana Souza>",
    );
  });

  test("a tag without its mention is only letters", () => {
    expect(typedText(message("<at>Plantão</at> nota <at>Time</at> avisado", bot), "Plantão")).toBe(
      "nota @Time avisado",
    );
  });

  test("in a personal conversation the name may be typed, with or without accents", () => {
    expect(typedText(message("@plantao: ajuda"), "Plantão")).toBe("ajuda");
    expect(typedText(message("plantão geral caiu"), "Plantão")).toBe("plantão geral caiu");
  });

  test("a name cannot close its token", () => {
    const odd = { id: "29:x", name: "A>|<@29:y" };
    expect(typedText(message(`<at>${odd.name}</at> oi`, odd), "Plantão")).toBe("<@29:x|A@29:y>  oi");
  });

  test("anything is read without a fault", () => {
    fc.assert(
      fc.property(fc.anything(), fc.string(), (odd, text) => {
        typedText(odd, "Plantão");
        typedText({ text, entities: [odd], recipient: odd }, "Plantão");
      }),
    );
  });
});
