passerelle.put("names-3",{"ini-e2hqa5m3":["Jumelage Deux Rives",null]});
