passerelle.put("members-f",{"org-22r2jrcf":[["ini-7dafvplc",null,"Gaspé Winter Table",1]],"org-n3i3zrxf":[["ini-kom4udqw","Projet Relais Trottoir",null,0]]});
