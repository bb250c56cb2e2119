/** A value that is replaced, never changed, and tells when. */
export interface Store<State> {
  readonly state: State;
  update(change: (state: State) => State): void;
}

export function createStore<State>(first: State, onChange: () => void): Store<State> {
  let state = first;
  return {
    get state() {
      return state;
    },
    update: (change) => {
      const next = change(state);
      if (next === state) return;
      state = next;
      onChange();
    },
  };
}
