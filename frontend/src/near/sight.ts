/** Waits with what is heavy until a person can see it. */

const LEAST_SHARE = 0.01; // a closed sheet touches the edge of the screen: that is not seeing

/** Calls `seen` once, when a part of the element comes into view. */
export function onSight(element: Element, seen: () => void): void {
  const watch = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      watch.disconnect();
      seen();
    },
    { threshold: LEAST_SHARE },
  );
  watch.observe(element);
}
