passerelle.put("members-y",{"org-pckdg7iy":[["ini-kom4udqw","Projet Relais Trottoir",null,1]]});
