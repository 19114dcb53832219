// Passkeys: forms marked data-passkey appear where the browser can use them, and fill themselves.
const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const decoded = (list) => list?.map((each) => ({ ...each, id: toBytes(each.id) }));

async function optionsOf(form) {
  if (!form.dataset.options) return JSON.parse(form.querySelector("script").textContent).publicKey;
  const answer = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options.publicKey;
}

async function create(options) {
  return navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: toBytes(options.challenge),
      user: { ...options.user, id: toBytes(options.user.id) },
      excludeCredentials: decoded(options.excludeCredentials),
      authenticatorSelection: {
        ...options.authenticatorSelection, residentKey: "preferred", requireResidentKey: false,
      },
    },
  });
}

async function get(options) {
  return navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: toBytes(options.challenge),
      allowCredentials: decoded(options.allowCredentials),
    },
  });
}

function written(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const problem = form.querySelector("[role=alert][hidden], .error[hidden]");
      try {
        const options = await optionsOf(form);
        const credential = await (form.dataset.passkey === "create" ? create : get)(options);
        form.elements.credential.value = written(credential);
        form.submit();
      } catch {
        if (problem) problem.hidden = false;
      }
    });
  }
}
