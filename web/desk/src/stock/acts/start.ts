/** What an act starts with: the place and the part that are looked at. */
export interface Start {
  location?: string;
  part?: string;
}

export interface ActProps {
  start: Start;
  onClose: () => void;
}
