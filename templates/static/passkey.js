// Asks the browser for a key and sends its answer in the form. Bytes travel as base64url (RFC 4648, 5).
"use strict";

const form = document.getElementById("passkey");
const show = (id) => { document.getElementById(id).hidden = false; };
const hide = (id) => { document.getElementById(id).hidden = true; };

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function question() {
  const { publicKey } = JSON.parse(form.dataset.asked);
  publicKey.challenge = bytes(publicKey.challenge);
  if (publicKey.user) publicKey.user.id = bytes(publicKey.user.id);
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    for (const key of publicKey[list] || []) key.id = bytes(key.id);
  }
  return { publicKey };
}

function answer(key) {
  const response = { clientDataJSON: text(key.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (key.response[part]) response[part] = text(key.response[part]);
  }
  return { id: key.id, rawId: text(key.rawId), type: key.type, response, extensions: key.getClientExtensionResults() };
}

form.addEventListener("submit", async (event) => {
  if (form.elements.answer.value) return;
  event.preventDefault();
  hide("passkey-failed");
  try {
    const key = await navigator.credentials[form.dataset.kind](question());
    form.elements.answer.value = JSON.stringify(answer(key));
    form.submit();
  } catch {
    show("passkey-failed");
  }
});

if (!window.PublicKeyCredential) show("passkey-unsupported");
