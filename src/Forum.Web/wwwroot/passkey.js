// Asks the device for a passkey when a form is sent that carries one, and where the browser can, beside the field of the address.
const armed = new WeakSet();

export function arrive() {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) return;
  for (const place of document.querySelectorAll("[data-passkey]")) {
    if (armed.has(place)) continue;
    armed.add(place);
    if (place.content) place.after(place.content.cloneNode(true));
    arm(place.content ? place.nextElementSibling : place, place.dataset);
  }
}

async function arm(form, { passkey, options: asked, ask }) {
  const question = ask ? await (await fetch(ask)).json() : { options: asked };
  const options = JSON.parse(question.options);
  if (ask) form.elements["Passkey.State"].value = question.state;
  const credential = form.elements["Passkey.Credential"];
  const problem = form.querySelector(".error");
  let waiting = new AbortController();

  const answer = async (mediation) => {
    const { signal } = waiting;
    const given = passkey === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options), signal })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options), mediation, signal });
    credential.value = JSON.stringify(given);
    form.submit();
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    waiting.abort();
    waiting = new AbortController();
    problem.hidden = true;
    try {
      await answer();
    } catch {
      problem.hidden = false;
    }
  });

  if (passkey === "get") {
    PublicKeyCredential.isConditionalMediationAvailable?.().then((can) => can && answer("conditional")).catch(() => { });
  }
}
