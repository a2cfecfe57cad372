/** What the public door answers; see `careloop/api/public_device.py`. */

export interface Paper {
  id: string;
  title: string;
  kind: string;
  lang: string;
  media_type: string;
  url: string;
}

export interface Article {
  key: string;
  title: string;
  type: string;
  lang: string;
}

export interface ArticleText extends Article {
  body: string;
}

export interface Device {
  serial: string;
  model: string;
  model_name: string;
  family: string;
  maker: string;
  hotline: string;
  language: string;
  documents: Paper[];
  articles: Article[];
  consent: string;
  max_photos: number;
  max_photo_mb: number;
}

export const STEPS = ["received", "assigned", "on_the_way", "fixed", "closed"] as const;
export type Step = (typeof STEPS)[number];

export interface Note {
  at: string;
  text: string;
  mine: boolean;
}

export interface Report {
  ticket: string;
  serial: string;
  model: string;
  maker: string;
  hotline: string;
  step: Step;
  visited: boolean;
  cancelled: boolean;
  waiting_for_you: boolean;
  may_judge: boolean;
  confirmed: boolean;
  reported_at: string;
  updated_at: string;
  text: string;
  photos: number;
  notes: Note[];
  max_photos: number;
  max_photo_mb: number;
}

/** What the reporter may consent to; `given` is null while nothing was said. */
export interface Consent {
  purpose: string;
  text: string;
  language: string;
  note_number: number | null;
  given: boolean | null;
}

export interface Sent {
  ticket: string;
  token: string;
  repeated: boolean;
}

export interface StoredPhoto {
  handle: string;
  name: string;
  size: number;
}
