import { Component } from "react";
import type { ReactNode } from "react";
import { useWords } from "../i18n/LanguageProvider";
import { Failed } from "../ui/States";

interface State {
  broken: boolean;
}

/** Keeps a page that breaks from taking the whole app along; what was written is in the outbox. */
export class Fence extends Component<{ children: ReactNode }, State> {
  override state: State = { broken: false };

  static getDerivedStateFromError(): State {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useWords();
  return (
    <main className="page">
      <Failed error={new Error(t("error.unknown"))} retry={() => location.assign("/field/")} />
    </main>
  );
}
