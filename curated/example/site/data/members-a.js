passerelle.put("members-a",{"org-dtx2k36a":[["ini-v2wwshzp","Nuits au chaud dans Saint-Roch",null,0]]});
