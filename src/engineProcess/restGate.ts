/** Where jobs rest while somebody else needs the machine. */
export interface RestGate {
  set(resting: boolean): void;
  /** Resolves at once, or when nobody rests any more; a job that is stopped does not wait for it. */
  readonly pass: () => Promise<void>;
}

export function createRestGate(): RestGate {
  let closed: { readonly opening: Promise<void>; readonly open: () => void } | undefined;
  return {
    set: (resting) => {
      if (resting) {
        closed ??= createOpening();
      } else {
        closed?.open();
        closed = undefined;
      }
    },
    pass: () => closed?.opening ?? Promise.resolve(),
  };
}

function createOpening(): { readonly opening: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opening = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opening, open };
}
