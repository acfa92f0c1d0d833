import { Component, type ReactNode } from "react";
import { ProblemCard } from "./problem-card.tsx";

interface State {
  readonly error: unknown;
}

/** A screen that fails says so in its own place; the rest goes on. React has no other form for this than a class. */
export class Boundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null };
  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }
  override render() {
    if (this.state.error === null) return this.props.children;
    return <ProblemCard error={this.state.error} onRetry={() => window.location.reload()} />;
  }
}
