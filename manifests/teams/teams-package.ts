// The app package for Teams: manifest, translation and icons in one zip, the same bytes each time.
import { type Zippable, zipSync } from "fflate";
import { type TeamsManifestInput, teamsManifest, teamsManifestInEnglish } from "../../src/teams/teams-manifest.js";
import { colorIcon, outlineIcon } from "./draw-icons.js";

/** Zip files carry a time for each entry; one time makes the package reproducible. Years before 1980 do not exist there. */
const ENTRY_TIME = new Date(2020, 0, 1);

/** Builds the package. */
export function teamsPackage(input: TeamsManifestInput): Uint8Array {
  const files: Zippable = {
    "manifest.json": bytes(teamsManifest(input)),
    "en.json": bytes(teamsManifestInEnglish()),
    "color.png": new Uint8Array(colorIcon()),
    "outline.png": new Uint8Array(outlineIcon()),
  };
  return zipSync(files, { level: 9, mtime: ENTRY_TIME });
}

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
