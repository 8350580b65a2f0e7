/** A ResizeObserver for a document without layout: a test says when something has changed its size. */
export class FakeResizeObserver implements ResizeObserver {
  static readonly #active = new Set<FakeResizeObserver>();
  readonly #onResize: () => void;

  constructor(onResize: () => void) {
    this.#onResize = onResize;
  }

  /** Tells every observer that its element has another size now. */
  static resize(): void {
    FakeResizeObserver.#active.forEach((observer) => {
      observer.#onResize();
    });
  }

  observe(): void {
    FakeResizeObserver.#active.add(this);
  }

  unobserve(): void {
    FakeResizeObserver.#active.delete(this);
  }

  disconnect(): void {
    FakeResizeObserver.#active.delete(this);
  }
}
