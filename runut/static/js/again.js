// Words that say that somebody has to sign in again, with the way there: in another window, so that this page stays.

export function sayWithSignIn(place, words, { signin }) {
  const link = Object.assign(document.createElement("a"), { href: "/masuk/", target: "_blank", textContent: signin });
  place.replaceChildren(words, " ", link);
}
