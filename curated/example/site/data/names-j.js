passerelle.put("names-j",{"ini-nscjt2bj":["L’Escale Marée Haute","L’Escale Marée Haute"]});
