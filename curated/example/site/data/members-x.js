passerelle.put("members-x",{"org-esaxquxx":[["ini-v2wwshzp","Nuits au chaud dans Saint-Roch",null,1]],"org-gplnia2x":[["ini-nv6il6ob",null,"Two Chairs, One Table",1]]});
