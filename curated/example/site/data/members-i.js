passerelle.put("members-i",{"org-3vgld6ni":[["ini-3zzjddl5",null,"Septilian Men’s Circle",0]],"org-excaanai":[["ini-4wf3i67p","Des voisins qui veillent sur les aînés saguenéens",null,1]]});
