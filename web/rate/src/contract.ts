/** What the server answers: `GET` and `POST /v1/public/surveys/{token}`. */

export interface Reason {
  code: string;
  label: string;
  good: boolean;
}

export interface Said {
  csat: number | null;
  nps: number | null;
  comment: string;
  reasons: string[];
}

export interface Survey {
  state: "open" | "answered" | "closed" | "expired";
  maker: string;
  language: string;
  languages: string[];
  ticket: string;
  device: string;
  finished_on: string;
  ask_csat: boolean;
  ask_nps: boolean;
  ask_comment: boolean;
  reasons: Reason[];
  intro: string;
  thanks: string;
  consent: string;
  low_csat: number;
  answer: Said | null;
  changeable_until: string | null;
  stopped: boolean;
}
