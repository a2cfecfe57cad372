import type { EscalationStep, PolicyFacts } from "../api/promises";

/** A key for a step that has none yet: the next free number. */
export function freeKey(steps: Pick<EscalationStep, "key">[]): string {
  const taken = new Set(steps.map((one) => one.key));
  let number = steps.length + 1;
  while (taken.has(`step-${number}`)) number++;
  return `step-${number}`;
}

/** What the form holds, as the backend takes it: nothing undefined, no empty pause. */
export function factsOf(values: PolicyFacts): PolicyFacts {
  const pauses = Object.fromEntries(
    Object.entries(values.pauses ?? {}).filter(([, states]) => states && states.length > 0),
  );
  return {
    code: values.code.trim(),
    name: values.name?.trim() ?? "",
    active: values.active ?? true,
    fallback: values.fallback ?? false,
    plans: values.plans ?? [],
    tiers: values.tiers ?? [],
    calendar: values.calendar ?? "",
    warn_percent: values.warn_percent ?? 75,
    pauses: pauses as PolicyFacts["pauses"],
    targets: (values.targets ?? []).map((one) => ({
      kind: one.kind,
      minutes: one.minutes,
      priority: one.priority ?? null,
      type: one.type ?? null,
      around_the_clock: one.around_the_clock ?? false,
    })),
    steps: (values.steps ?? []).map((one) => ({
      key: one.key,
      kind: one.kind ?? null,
      at: one.at,
      after_minutes: one.after_minutes ?? 0,
      roles: one.roles ?? [],
      users: one.users ?? [],
      assignee: one.assignee ?? false,
      raise_priority: one.raise_priority ?? false,
      reassign_to: one.reassign_to || null,
    })),
  };
}
