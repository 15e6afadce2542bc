passerelle.put("names-h",{"ini-ego2t3xh":["La Tournée des frigos",null],"ini-ztgs2ish":[null,"The Open Ledger"]});
