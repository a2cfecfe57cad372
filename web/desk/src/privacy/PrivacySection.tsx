import { ConsentNotes } from "./ConsentNotes";
import { ErasureList } from "./ErasureList";
import { RetentionRules } from "./RetentionRules";
import "../styles/privacy.css";

/** The company's side of privacy: how long data are kept, what persons are told, what was erased. */
export function PrivacySection() {
  return (
    <div className="settings">
      <RetentionRules />
      <ConsentNotes />
      <ErasureList />
    </div>
  );
}
