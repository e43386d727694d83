// How good a password is, told while it is chosen.
const armed = new WeakSet();

export function arrive() {
  for (const field of document.querySelectorAll("[data-strength]")) {
    if (armed.has(field)) continue;
    armed.add(field);
    let pause, asked = 0;
    field.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(() => tell(field, ++asked, () => asked), 300);
    });
  }
}

async function tell(field, mine, newest) {
  const place = field.parentElement.querySelector(".strength");
  place.hidden ||= !field.value;
  if (!field.value) return;
  const answer = await fetch(field.dataset.strength, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Antiforgery": field.form.elements["__RequestVerificationToken"].value },
    body: JSON.stringify({ password: field.value }),
  }).catch(() => null);
  if (!answer?.ok || mine !== newest()) return;
  const { strength, words } = await answer.json();
  place.querySelector("meter").value = strength;
  place.querySelector("span").textContent = words;
  place.hidden = false;
}
