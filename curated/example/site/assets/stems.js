// Words that are forms of one: their endings off, French and English alike, since a query does not say its language.
// Coarser than the stemmer of the read API and a hundredth of its size; the start of a word is found without it.
"use strict";
passerelle.stem = (() => {
  const SHORTEST = 4; // letters that are left of a word: "marée" and "mars", "aîné" and "ainsi" share three
  const OTHER = { women: "woman", men: "man", children: "child", people: "person", yeux: "oeil" };
  const ENDINGS = `
    isations isation izations ization ations ation issements issement ements ement ments ment
    atrices atrice ateurs ateur trices trice teurs teur euses euse eurs eur
    ances ance ences ence antes ante ants ant entes ente ents ent
    iennes ienne iens ien ieres iere iers ier eres ere ers er
    ives ive ifs if ables able ibles ible istes iste ismes isme isms ism ists ist
    elles elle eaux eau ales ale aux als al ails ail els el
    nesses ness ings ing ieds ied ies ie ees ee ed es e ez ir y ys s x
  `.trim().split(/\s+/).sort((a, b) => b.length - a.length);
  const known = new Map();

  function ended(word) {
    const plain = OTHER[word] || word.replace(/(?<=..)(wo)?men$/, "$1man");
    const ending = ENDINGS.find((one) => plain.length - one.length >= SHORTEST && plain.endsWith(one));
    const left = ending ? plain.slice(0, -ending.length) : plain.replace(/(?<=...)[sx]$/, "");
    // A word of which too little would be left loses only its plural, and the end of -ée, -er, -nte: as in the read API.
    return left.replace(/(?<=..e)[er]$|(?<=..nt)e$/, "").replace(/(?<=..)([^aeiou])\1$/, "$1");
  }

  // The stem of a folded word.
  return (word) => {
    if (!known.has(word)) known.set(word, ended(word));
    return known.get(word);
  };
})();
