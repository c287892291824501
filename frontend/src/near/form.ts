/** The search form, kept in step with the address bar. */
import { make } from "../make";

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.elements].filter(
    (element): element is Field => "name" in element && element.name !== "" && !(element instanceof HTMLButtonElement),
  );
}

function isTicked(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");
}

/** Makes every field say what the address says; values without a field travel in hidden ones. */
export function showInForm(form: HTMLFormElement, search: URLSearchParams): void {
  for (const carried of form.querySelectorAll("input[data-carried]")) carried.remove();
  const left = new Map([...new Set(search.keys())].map((name) => [name, new Set(search.getAll(name))]));
  left.delete("page");
  for (const field of fieldsOf(form)) {
    const values = left.get(field.name);
    if (isTicked(field)) field.checked = values?.delete(field.value) ?? false;
    else if (!(field instanceof HTMLSelectElement) || field !== document.activeElement) {
      const [value = ""] = values ?? [];
      field.value = value;
      values?.delete(value);
    }
  }
  for (const [name, values] of left) for (const value of values) carry(form, name, value);
}

/** Sends a value along with the form though no field shows it; "" takes it away. */
export function carry(form: HTMLFormElement, name: string, value: string): void {
  const named = form.elements.namedItem(name);
  if (named instanceof HTMLInputElement && named.type === "hidden") named.value = value;
  else if (value) form.append(make("input", { type: "hidden", name, value, "data-carried": true }));
}
