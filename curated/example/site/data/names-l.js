passerelle.put("names-l",{"ini-g644spil":["Réseau Tisserand",null]});
