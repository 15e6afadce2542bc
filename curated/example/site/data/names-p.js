passerelle.put("names-p",{"ini-4wf3i67p":["Des voisins qui veillent sur les aînés saguenéens",null],"ini-v2wwshzp":["Nuits au chaud dans Saint-Roch",null]});
