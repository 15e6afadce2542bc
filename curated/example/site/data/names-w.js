passerelle.put("names-w",{"ini-kom4udqw":["Projet Relais Trottoir",null]});
