// Every notice as a card for the incident's channel.
import type { IncidentSnapshot } from "../../domain/incident/snapshot.js";
import type { Notice } from "../../domain/notices/notice.js";
import type { Card } from "../card.js";
import type { Voice } from "../voice.js";
import { changeCard } from "./change-card.js";
import { escalationCard, repagedCard } from "./escalation-card.js";
import { announcementCard, incidentCard } from "./incident-card.js";
import { Scene } from "./scene.js";

/** The card of a notice. */
export function cardFor(notice: Notice, snapshot: IncidentSnapshot, voice: Voice): Card {
  const scene = new Scene(snapshot, voice);
  switch (notice.kind) {
    case "incident-card":
      return incidentCard(scene);
    case "announcement":
      return announcementCard(scene);
    case "escalated":
      return escalationCard(notice, scene);
    case "repaged":
      return repagedCard(notice, scene);
    default:
      return changeCard(notice, scene);
  }
}
