import { Component } from "react";
import type { ReactNode } from "react";
import { useLocation } from "react-router";
import { ErrorState } from "./ErrorState";

class Fence extends Component<{ children: ReactNode; place: string }, { error: unknown }> {
  state = { error: null as unknown };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  componentDidUpdate(before: { place: string }) {
    if (this.state.error && before.place !== this.props.place) this.setState({ error: null });
  }

  render() {
    if (!this.state.error) return this.props.children;
    return <ErrorState error={this.state.error} retry={() => location.reload()} />;
  }
}

/** A page that breaks does not take the rail with it; going elsewhere mends it. */
export function ErrorFence({ children }: { children: ReactNode }) {
  return <Fence place={useLocation().pathname}>{children}</Fence>;
}
